import { HubError } from '@nexomatic/client/hub-error';
import type { SinkClient } from '@nexomatic/client/sink-client';
import type { Clock } from '@nexomatic/clock';
import { attemptPurpose } from '@nexomatic/contracts/release-box';
import { secretText } from '@nexomatic/contracts/secret-limits';
import type { Assignment, ReleaseOutcome } from '@nexomatic/contracts/sink-protocol';
import type { BoxKeys } from './box-keys.ts';
import { openOwnBox } from './open-own-box.ts';
import { type OpenedSecrets, openRelease, ReleaseFault } from './open-release.ts';

/**
 * What came of asking for an attempt's secrets.
 *
 * - `hand_back`: they did not come, and can't be asked for again: another attempt has to be made.
 * - `lost`: the attempt is not this sink's any more.
 * - `refused`: they will never come; the attempt ends with that.
 */
export type Asked =
  | { kind: 'opened'; secrets: OpenedSecrets }
  | { kind: 'hand_back' | 'lost' | 'refused'; message: string };

export type AskForSecrets = (assignment: Assignment) => Promise<Asked>;

export interface AskDeps {
  hub: Pick<SinkClient, 'releaseSecrets'>;
  boxKeys: BoxKeys;
  sinkId: string;
  tenantId: string;
  clock: Clock;
  /** Told when the hub could not be asked, or has refused the call. */
  onFailure(error: unknown): void;
}

/** Asks the hub for the secrets of an attempt, once, and opens what it answers. Never rejects. */
export function createAskForSecrets(deps: AskDeps): AskForSecrets {
  const { hub, boxKeys, sinkId, tenantId, clock, onFailure } = deps;

  function taken(outcome: ReleaseOutcome, assignment: Assignment): Asked {
    if (outcome.outcome === 'refused') return refusalOf(outcome);
    try {
      const sealed = new Map((outcome.sealed ?? []).map(({ key, box }) => [key, Buffer.from(box, 'base64')]));
      const asked = assignment.secrets ?? [];
      const keys = asked.flatMap(({ key }) => (sealed.has(key) ? [] : key));
      const wanted = { purpose: attemptPurpose(assignment), keys, sinkId, now: clock.now() };
      const pairs = boxKeys.pairs();
      const secrets = openRelease(Buffer.from(outcome.box, 'base64'), pairs, wanted);
      if (!secrets) return { kind: 'hand_back', message: 'the secrets are sealed to another key than this sink has' };
      try {
        const own = asked.flatMap(({ key, name, version }) => {
          const box = sealed.get(key);
          return box ? { key, value: openOwnBox(box, pairs, { tenant: tenantId, name, version }) } : [];
        });
        return { kind: 'opened', secrets: withOwn(secrets, own) };
      } catch (error) {
        secrets.wipe();
        throw error;
      }
    } catch (error) {
      if (!(error instanceof ReleaseFault)) throw error;
      return { kind: 'refused', message: error.message };
    }
  }

  return async (assignment) => {
    const { eventId, attempt } = assignment;
    // Those of now as well: keys may be rotated before the answer is here.
    boxKeys.pairs();
    try {
      return taken(await hub.releaseSecrets({ eventId, attempt }), assignment);
    } catch (error) {
      onFailure(error);
      const message = error instanceof Error ? error.message : String(error);
      const never = !(error instanceof HubError) || error.kind === 'rejected';
      return { kind: never ? 'refused' : 'hand_back', message };
    }
  };
}

/** Those that the hub gave out together with those that only this sink could open. */
function withOwn(released: OpenedSecrets, own: { key: string; value: Uint8Array }[]): OpenedSecrets {
  const texts = own.map(({ key, value }) => [key, secretText(value) ?? '']);
  return {
    texts: { ...released.texts, ...Object.fromEntries(texts) },
    values: [...released.values, ...own.map(({ value }) => value)],
    wipe() {
      released.wipe();
      for (const { value } of own) value.fill(0);
    },
  };
}

function refusalOf({ reason, message }: Extract<ReleaseOutcome, { outcome: 'refused' }>): Asked {
  switch (reason) {
    case 'already_released':
    case 'changed':
      return { kind: 'hand_back', message };
    case 'not_held':
      return { kind: 'lost', message };
    case 'unreadable':
      return { kind: 'refused', message };
  }
}
