import { NexomaticError } from '@nexomatic/contracts/error-code';
import { SecretBox } from '@nexomatic/db/entities/secret-box';
import type { Sink } from '@nexomatic/db/entities/sink';
import { type EntityManager, raw } from '@nexomatic/db/query';

/** Has the boxes that a sink has sealed to its next key take the place of those for the key that goes. */
export async function takeResealed(
  em: EntityManager,
  sink: Pick<Sink, 'id' | 'boxKey'>,
  nextKey: Buffer,
): Promise<void> {
  const { id: sinkId, boxKey } = sink;
  if (!boxKey || Buffer.compare(boxKey, nextKey) === 0) return;
  const ofSink = { sinkId, boxKey };
  const next = { boxKey: nextKey, nextKey: null, nextBox: null };
  await em.nativeUpdate(SecretBox, { ...ofSink, version: { $ne: null }, nextKey }, { box: raw('next_box'), ...next });
  await em.nativeUpdate(SecretBox, { ...ofSink, version: null }, next);
  const left = await em.count(SecretBox, ofSink);
  if (left === 0) return;
  const detail = `End-to-end secrets are sealed to the old key alone (${left}). An agent of this hub's version seals them to the new one first: try again, or update it.`;
  throw new NexomaticError('conflict', detail);
}
