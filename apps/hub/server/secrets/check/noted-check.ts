import { idSchema } from '@nexomatic/contracts/id';
import * as z from 'zod';

/** A check as it is noted between its stages. */
const notedCheck = z.object({
  tenantId: idSchema('tenant'),
  sinkId: idSchema('sink'),
  secretId: idSchema('secret'),
  name: z.string(),
  version: z.int(),
  /** Base64url. */
  nonce: z.string(),
  /** Of one that is end-to-end: all that the hub knows of its value. */
  endToEnd: z.object({ size: z.int() }).optional(),
});
export type NotedCheck = z.infer<typeof notedCheck>;

/** The check that a stage holds, if it is that sink's. */
export function readNoted(text: string | null, sink: Pick<NotedCheck, 'tenantId' | 'sinkId'>): NotedCheck | null {
  if (text === null) return null;
  const check = notedCheck.parse(JSON.parse(text));
  return check.tenantId === sink.tenantId && check.sinkId === sink.sinkId ? check : null;
}
