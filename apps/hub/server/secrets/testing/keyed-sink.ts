import { randomBytes } from 'node:crypto';
import type { Sink } from '@nexomatic/db/entities/sink';
import { nodeSealing } from '@nexomatic/sealing/node';
import { makeSink } from '@nexomatic/testkit/factories';
import { shownSealKey } from '../end-to-end/granted-sinks.ts';

type MakeSink = typeof makeSink;

/** A sink that has joined, with the pair whose private half only its machine has. */
export async function makeKeyedSink(
  database: Parameters<MakeSink>[0],
  sinkType: Parameters<MakeSink>[1],
  given: Partial<Pick<Sink, 'name'>> = {},
) {
  const pair = nodeSealing.newPair();
  const keys = { tokenHash: null, signKey: randomBytes(32), boxKey: Buffer.from(pair.publicKey) };
  const { sink } = await makeSink(database, sinkType, { ...given, ...keys });
  return { id: sink.id, name: sink.name, ...shownSealKey(keys.boxKey), pair };
}
