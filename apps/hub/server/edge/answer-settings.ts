import type { EdgeSettingsAnswer, edgeSettingsCallSchema } from '@nexomatic/contracts/edge-protocol';
import type { EnvelopeKey } from '@nexomatic/signature/edge-envelope';
import type * as z from 'zod/mini';
import type { Definitions } from '../definitions/definitions.ts';
import { receivable } from './hub-settings.ts';
import type { SealSettings } from './seal-settings.ts';

interface Deps {
  definitions: Pick<Definitions, 'freshSourceByKeyHash'>;
  sealSettings: SealSettings;
}

/**
 * What an edge is told of a source that it asks for. Read past this hub's memory: another hub may have refused a request of
 * this edge by newer settings, and the edge would be told the old ones again.
 */
export async function answerSettings(
  { definitions, sealSettings }: Deps,
  key: EnvelopeKey,
  { sourceKeyHash, known }: z.infer<typeof edgeSettingsCallSchema>,
): Promise<EdgeSettingsAnswer> {
  const source = await definitions.freshSourceByKeyHash(Buffer.from(sourceKeyHash, 'hex'));
  if (!receivable(source)) return { outcome: 'absent' };
  const { version } = source.edge;
  if (version === known) return { outcome: 'unchanged' };
  return { outcome: 'settings', version, box: await sealSettings(key, sourceKeyHash, source.edge) };
}
