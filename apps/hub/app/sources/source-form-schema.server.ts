import { sourceKinds } from '@nexomatic/contracts/definition-api';
import { idSchema } from '@nexomatic/contracts/id';
import type { SourceSettings } from '@nexomatic/contracts/source-settings';
import { type Scheme, verificationSchemes } from '@nexomatic/contracts/verification';
import { z } from 'zod';

/** What the form for a new source sends. */
export const newSourceForm = z
  .object({
    kind: z.enum(sourceKinds, 'Choose what sends the events.'),
    name: z.string('Give it a name.'),
    scheme: z.enum(verificationSchemes).optional(),
    eventTypeId: z.optional(idSchema('eventType')),
  })
  .refine(({ kind, scheme }) => kind !== 'WEBHOOK' || scheme !== undefined, {
    path: ['scheme'],
    error: 'Choose who sends, or “No authentication”.',
  });
/** A scheme as a new source begins with it; what differs from sender to sender is set under Verify. */
export const startOfScheme = (scheme: Scheme) => (scheme === 'hmac' ? { scheme, header: 'x-signature' } : { scheme });

export const newSourceFieldNames = ['kind', 'name', 'scheme', 'eventTypeId'];

const lines = z
  .string()
  .default('')
  .transform((text) => text.split(/\s+/).filter((line) => line !== ''));
const count = z.number('Give a number.');

/** What the form of a source sends; the settings are those of a webhook. */
export const sourceForm = z.object({
  name: z.string('Give it a name.'),
  description: z.string().default(''),
  sniffJson: z.boolean().default(false),
  settings: z
    .object({
      content: z.object({
        raw: z.boolean().default(false),
        decompress: z.boolean().default(false),
        signedAs: z.enum(['wire', 'decoded']),
      }),
      limits: z.object({ maxBodyBytes: count, perSecond: count, burst: count }),
      dedupe: z.object({
        by: z.enum(['provider', 'header', 'pointers', 'body', 'none']),
        header: z.string().default(''),
        pointers: lines,
      }),
      dedupeDays: count,
    })
    .optional(),
  version: z.number(),
  saveOver: z.number().optional(),
});
type SourceForm = z.infer<typeof sourceForm>;

export const sourceFieldNames = [
  ...['name', 'description', 'sniffJson', 'settings.content', 'settings.dedupeDays'],
  ...['settings.limits.maxBodyBytes', 'settings.limits.perSecond', 'settings.limits.burst'],
  ...['settings.dedupe.header', 'settings.dedupe.pointers'],
];

/** The settings as they are saved, with what the form changes of them. */
export function changedSettings(now: SourceSettings, form: NonNullable<SourceForm['settings']>): SourceSettings {
  const { content, limits, dedupeDays } = form;
  return { ...now, content, limits, dedupeDays, dedupe: chosenDedupe(form.dedupe) };
}

function chosenDedupe({
  by,
  header,
  pointers,
}: NonNullable<SourceForm['settings']>['dedupe']): SourceSettings['dedupe'] {
  if (by === 'header') return { by, header };
  return by === 'pointers' ? { by, pointers } : { by };
}
