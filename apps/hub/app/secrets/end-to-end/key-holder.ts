import type { SecretSummary } from '@nexomatic/contracts/secret-api';
import type { SinkSummary } from '@nexomatic/contracts/sink-api';
import type { SinkKey } from '../value/seal-value.ts';

/** A sink as somebody picks it to be granted a secret. */
export interface KeyHolder {
  id: string;
  name: string;
  type: string;
  online: boolean;
  /** Null where it has no keys that last: nothing can be sealed to it. */
  key: { boxKey: string; fingerprint: string } | null;
}

export const keyHolder = ({ id, name, type, status, sealKey }: SinkSummary): KeyHolder => ({
  id,
  name,
  type: type.name,
  online: status === 'ONLINE',
  key: sealKey,
});

/** The sinks that a secret can be tried on, those that are there first. */
export function sinksToAsk({ endToEnd, sinks }: SecretSummary, holders: readonly KeyHolder[]): KeyHolder[] {
  const ready = new Set<string>(sinks.filter(({ state }) => state === 'ready').map(({ id }) => id));
  return holders
    .filter(({ id }) => !endToEnd || ready.has(id))
    .sort((one, other) => Number(other.online) - Number(one.online));
}

/** The same with keys that the hub told later. */
export const withKeys = (holders: readonly KeyHolder[], told: readonly SinkKey[] = []): KeyHolder[] =>
  holders.map((holder) => ({ ...holder, key: told.find(({ id }) => id === holder.id) ?? holder.key }));
