import type { Id } from '@nexomatic/contracts/id';
import { z } from 'zod';
import { labelsText } from '../definitions/labels-text.server.ts';
import { grantIds } from './secret-fields.ts';

/** What a form of a secret sends; the hub checks what it says. */
export const secretForm = z.object({
  name: z.string('Give it a key.'),
  description: z.string().default(''),
  labels: labelsText,
  expiresAt: z.string().optional(),
  eventTypeIds: z.string('Say who may use it.'),
  sinkTypeIds: z.string('Say who may use it.'),
  /** Of the form that stands inside of another one. */
  stay: z.boolean().default(false),
  version: z.number().optional(),
  saveOver: z.number().optional(),
  /** Of a new one. */
  keptBy: z.enum(['hub', 'sinks']).default('hub'),
  sealed: z
    .object({
      version: z.number(),
      short: z.boolean().default(false),
      boxes: z.array(z.object({ sinkId: z.string(), boxKey: z.string(), box: z.string() })),
    })
    .optional(),
  value: z.object({ keyId: z.string(), version: z.number(), box: z.string() }).optional(),
});
type SecretForm = z.infer<typeof secretForm>;

/** The same as the API takes it. */
export function secretInput({ description, labels, expiresAt, eventTypeIds, sinkTypeIds, value, sealed }: SecretForm) {
  return {
    description,
    labels,
    expiresAt: expiresAt ?? null,
    grants: {
      eventTypeIds: grantIds(eventTypeIds) as Id<'eventType'>[] | null,
      sinkTypeIds: grantIds(sinkTypeIds) as Id<'sinkType'>[] | null,
    },
    ...(value ? { value: { ...value, keyId: value.keyId as Id<'tenantKey'> } } : {}),
    ...(sealed
      ? { sealed: { ...sealed, boxes: sealed.boxes.map((box) => ({ ...box, sinkId: box.sinkId as Id<'sink'> })) } }
      : {}),
  };
}
