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
});
export type NotedCheck = z.infer<typeof notedCheck>;

/** The check that a stage holds, if it is that sink's. */
export function readNoted(text: string | null, sink: Pick<NotedCheck, 'tenantId' | 'sinkId'>): NotedCheck | null {
  if (text === null) return null;
  const check = notedCheck.parse(JSON.parse(text));
  return check.tenantId === sink.tenantId && check.sinkId === sink.sinkId ? check : null;
}
