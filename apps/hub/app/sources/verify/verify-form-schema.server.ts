import type { SourceSettings } from '@nexomatic/contracts/source-settings';
import {
  keyEncodings,
  macAlgorithms,
  macEncodings,
  type Scheme,
  verificationSchemes,
} from '@nexomatic/contracts/verification';
import { z } from 'zod';

/** What the form of the tab Verify sends. Names are those of the settings, so that the hub's faults find their fields. */
export const verifyForm = z
  .object({
    version: z.number(),
    saveOver: z.number().optional(),
    /** Said so that nobody opens a source by a slip. */
    openOnPurpose: z.boolean().default(false),
    settings: z.object({
      verification: z.object({
        scheme: z.enum(verificationSchemes),
        toleranceSeconds: z.number('Give the seconds.').optional(),
        allowSha1: z.boolean().default(false),
        header: z.string().default(''),
        prefix: z.string().default(''),
        algorithm: z.enum(macAlgorithms).optional(),
        encoding: z.enum(macEncodings).optional(),
        keyEncoding: z.enum(keyEncodings).optional(),
        template: z.string().default(''),
        timestampHeader: z.string().nullable().default(null),
        idHeader: z.string().nullable().default(null),
      }),
      allowedAddresses: z
        .string()
        .default('')
        .transform((text) => text.split(/[\s,]+/).filter((line) => line !== '')),
      handshakes: z
        .object({ eventGrid: z.boolean().default(false), cloudEvents: z.boolean().default(false) })
        .default({ eventGrid: false, cloudEvents: false }),
    }),
  })
  .refine(({ settings, openOnPurpose }) => settings.verification.scheme !== 'none' || openOnPurpose, {
    path: ['openOnPurpose'],
    error: 'Confirm that the source is to be open, or choose how its sender proves itself.',
  });
type VerifyForm = z.infer<typeof verifyForm>;

const timed = ['toleranceSeconds'] as const;
/** The settings that each scheme has. */
const settingsOf: Partial<Record<Scheme, readonly (keyof VerifyForm['settings']['verification'])[]>> = {
  github: ['allowSha1'],
  standard_webhooks: timed,
  stripe: timed,
  slack: timed,
  hmac: [
    ...timed,
    'header',
    'prefix',
    'algorithm',
    'encoding',
    'keyEncoding',
    'template',
    'timestampHeader',
    'idHeader',
  ],
  token: ['header', 'prefix'],
};

/** The verification that was chosen, without what belongs to the other schemes. The hub checks it. */
export function chosenVerification({ verification }: VerifyForm['settings']): SourceSettings['verification'] {
  const kept = settingsOf[verification.scheme] ?? [];
  const given = kept.flatMap((name) => (verification[name] === undefined ? [] : [[name, verification[name]]]));
  return { scheme: verification.scheme, ...Object.fromEntries(given) } as SourceSettings['verification'];
}

export const verifyFieldNames = [
  ...['scheme', 'toleranceSeconds', 'allowSha1', 'header', 'prefix', 'algorithm', 'encoding', 'keyEncoding'],
  ...['template', 'timestampHeader', 'idHeader'],
]
  .map((name) => `settings.verification.${name}`)
  .concat('settings.allowedAddresses');
