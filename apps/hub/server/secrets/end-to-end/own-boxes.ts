import { mostBoxes, type ResealBoxes, type WantedShare } from '@nexomatic/contracts/secret-sharing-api';
import { findSharable, findToReseal, keepResealed } from '@nexomatic/db/ledger/secret-boxes';
import type { SqlRunner } from '@nexomatic/db/sql';
import type { SinkIdentity } from '../../attempts/sink-identity.ts';

interface Deps {
  sql: SqlRunner;
}

/** Values that a sink has and others wait for. */
export async function findWants({ sql }: Deps, sink: SinkIdentity): Promise<WantedShare[]> {
  const found = await findSharable(sql, sink, mostBoxes);
  return found.map(({ box, boxKey, ...want }) => ({
    ...want,
    box: Buffer.from(box).toString('base64'),
    boxKey: Buffer.from(boxKey).toString('base64url'),
  }));
}

/** What a sink that gets new keys has to seal to the next one yet. */
export async function findBoxesToReseal({ sql }: Deps, sink: SinkIdentity, nextKey: string) {
  const found = await findToReseal(sql, sink, Buffer.from(nextKey, 'base64url'), mostBoxes);
  return found.map(({ box, ...about }) => ({ ...about, box: Buffer.from(box).toString('base64') }));
}

/** Keeps what a sink has sealed to its next key, until `rotateSinkKey` puts it in place. */
export async function keepResealedBoxes(
  { sql }: Deps,
  sink: SinkIdentity,
  { boxKey, boxes }: ResealBoxes,
): Promise<void> {
  const nextKey = Buffer.from(boxKey, 'base64url');
  for (const { box, ...about } of boxes) {
    await keepResealed(sql, sink, nextKey, { ...about, box: Buffer.from(box, 'base64') });
  }
}
