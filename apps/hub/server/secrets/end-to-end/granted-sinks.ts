import type { GrantedSink, SealSink } from '@nexomatic/contracts/end-to-end-api';
import type { Id } from '@nexomatic/contracts/id';
import { SecretBox } from '@nexomatic/db/entities/secret-box';
import { Sink } from '@nexomatic/db/entities/sink';
import type { EntityManager } from '@nexomatic/db/query';
import { keyFingerprint } from '@nexomatic/sealing/key-fingerprint';

/** The sinks that end-to-end secrets are granted to, by the id of the secret; each group by name. */
export async function grantedSinks(
  em: EntityManager,
  secretIds: Id<'secret'>[],
): Promise<Map<Id<'secret'>, GrantedSink[]>> {
  if (secretIds.length === 0) return new Map();
  // What the same transaction has just written in SQL is to be seen.
  const rows = await em.find(
    SecretBox,
    { secretId: { $in: secretIds } },
    { exclude: ['box', 'nextBox'], refresh: true },
  );
  const sinkIds = [...new Set(rows.map(({ sinkId }) => sinkId))];
  const sinks = await em.find(Sink, { id: { $in: sinkIds } }, { fields: ['id', 'name', 'signKey', 'boxKey'] });
  const byId = new Map(sinks.map((sink) => [sink.id, sink]));
  const shown = rows.flatMap((row) => {
    const sink = byId.get(row.sinkId);
    return sink ? [{ secretId: row.secretId, sink: grantedSink(row, sink) }] : [];
  });
  shown.sort((a, b) => (a.sink.name < b.sink.name ? -1 : 1));
  return new Map(
    [...Map.groupBy(shown, ({ secretId }) => secretId)].map(([id, group]) => [id, group.map(({ sink }) => sink)]),
  );
}

function grantedSink(
  row: Pick<SecretBox, 'boxKey' | 'version' | 'approvedBy' | 'approvedAt' | 'sealedAt'>,
  { id, name, signKey, boxKey }: Pick<Sink, 'id' | 'name' | 'signKey' | 'boxKey'>,
): GrantedSink {
  const approved = signKey && boxKey && Buffer.compare(boxKey, row.boxKey) === 0;
  return {
    id,
    name,
    ...shownSealKey(row.boxKey),
    state: !approved ? 'key_changed' : row.version == null ? 'wanted' : 'ready',
    approvedBy: row.approvedBy,
    approvedAt: row.approvedAt.toISOString(),
    sealedAt: row.sealedAt?.toISOString() ?? null,
  };
}

/** Those that a new value has to be sealed to. */
export const sealSinksOf = (sinks: GrantedSink[]): SealSink[] =>
  sinks
    .filter(({ state }) => state !== 'key_changed')
    .map(({ id, name, boxKey, fingerprint }) => ({ id, name, boxKey, fingerprint }));

/** Whether a value was set of which nobody has a box any more. */
export const isLost = (row: { endToEnd: boolean; valueVersion: number }, sinks: GrantedSink[]): boolean =>
  row.endToEnd && row.valueVersion > 0 && !sinks.some(({ state }) => state === 'ready');

/** A sink's key as the API tells it. */
export const shownSealKey = (boxKey: Uint8Array): { boxKey: string; fingerprint: string } => ({
  boxKey: Buffer.from(boxKey).toString('base64url'),
  fingerprint: keyFingerprint(boxKey),
});
