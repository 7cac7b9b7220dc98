import type { SealSink } from '@nexomatic/contracts/end-to-end-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { boxKeyFingerprint } from '@nexomatic/sealing/key-fingerprint';
import type { HubClient } from './hub-client.ts';
import { told } from './refusal.ts';

/** A sink that may read an end-to-end secret: by its name, and by the fingerprint that its machine shows, if that was compared. */
export type ReadingSink = string | { name: string; fingerprint: string };

const nameOf = (sink: ReadingSink): string => (typeof sink === 'string' ? sink : sink.name);

/** The keys of sinks that a secret is made for. */
export async function findSinks(api: HubClient, wanted: readonly ReadingSink[]): Promise<SealSink[]> {
  const found: SealSink[] = [];
  for (const sink of wanted) {
    const name = nameOf(sink);
    const { sinks } = await told(api.sinks.list.query({ search: name, limit: 200 }));
    const same = sinks.find((one) => one.name === name);
    if (!same) throw new NexomaticError('not_found', `There is no sink ${name}.`);
    if (!same.sealKey) {
      const detail = `The sink ${name} has no keys of its own, which last; let it join instead of giving it a standing token.`;
      throw new NexomaticError('unprocessable', detail);
    }
    found.push({ id: same.id, name, ...same.sealKey });
  }
  return expectSinks(found, wanted);
}

/** The sinks that the hub tells, or the refusal of those that are not the wanted ones, by keys that were compared. */
export function expectSinks(told: SealSink[], wanted: readonly ReadingSink[]): SealSink[] {
  const names = new Set(wanted.map(nameOf));
  if (names.size !== told.length || !told.every(({ name }) => names.has(name))) {
    const detail = `It is granted to ${told.map(({ name }) => name).join(', ') || 'no sink'}; grant it to others, or take it from these, first.`;
    throw new NexomaticError('unprocessable', detail);
  }
  for (const sink of wanted) {
    if (typeof sink === 'string') continue;
    const boxKey = told.find(({ name }) => name === sink.name)?.boxKey ?? '';
    // Made here from the key itself, since what the hub says of it is what is to be found out.
    if (plain(boxKeyFingerprint(boxKey)) !== plain(sink.fingerprint)) {
      const detail = `The hub tells another key of the sink ${sink.name} than the one with the fingerprint ${sink.fingerprint}: nothing was sealed.`;
      throw new NexomaticError('seal_key_changed', detail);
    }
  }
  return told;
}

const plain = (fingerprint: string): string => fingerprint.replaceAll(/\s/g, '').toLowerCase();
