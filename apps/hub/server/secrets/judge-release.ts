import type { Id } from '@nexomatic/contracts/id';
import { attemptPurpose } from '@nexomatic/contracts/release-box';
import type { ReleaseRefusal, SecretUse } from '@nexomatic/contracts/sink-protocol';
import { type EventRow, lockEvents } from '@nexomatic/db/ledger/event-row';
import { findHeldBoxes, type Holder } from '@nexomatic/db/ledger/secret-boxes';
import {
  type ClaimedAttempt,
  findBoxKeys,
  findClaimed,
  findSecretsWithValues,
  type KnownSecret,
  type SealedValue,
} from '@nexomatic/db/ledger/secrets';
import type { SqlTransaction } from '@nexomatic/db/sql';
import type { SinkIdentity } from '../attempts/sink-identity.ts';
import type { Origin } from '../auth/visitor.ts';
import type { SealRelease } from './seal-release.ts';
import { type SecretUser, standingOf } from './secret-standings.ts';
import { readStoredParameters, secretUses } from './secret-uses.ts';

/** A sink asks for the secrets of one attempt. */
export interface ReleaseAsk {
  tenantId: Id<'tenant'>;
  sink: SinkIdentity;
  origin: Origin;
  eventId: Id<'event'>;
  attempt: number;
}

/** A secret that an attempt uses, with its value as it is kept: for the hub, or for that sink alone. */
type KeptSecret = SecretUse & Pick<KnownSecret, 'id'> & ({ sealed: SealedValue } | { box: Uint8Array });

export type Judged =
  | {
      kind: 'released';
      box: Uint8Array;
      /** Secrets that are end-to-end, by the parameter's key. */
      sealed: { key: string; box: Uint8Array }[];
      secrets: (SecretUse & Pick<KnownSecret, 'id'>)[];
    }
  | { kind: 'refused'; reason: ReleaseRefusal; message: string };

/** What is known of those who ask, read after their events were locked: nobody else judges them at the same time. */
interface Facts {
  events: Map<Id<'event'>, EventRow>;
  claimed: Map<string, ClaimedAttempt>;
  boxKeys: Map<Id<'sink'>, Uint8Array | null>;
  uses: Map<ReleaseAsk, SecretUse[]>;
  secrets: Map<string, KnownSecret & { sealed: SealedValue | null }>;
  /** Of end-to-end secrets: who of those who ask has them. */
  held: (Holder & { box: Uint8Array })[];
}

/** Decides for each attempt whether its secrets are given out, and seals those that are. Of two that ask for one, the first gets it. */
export async function judgeReleases(
  tx: SqlTransaction,
  sealRelease: SealRelease,
  tenantId: Id<'tenant'>,
  asks: ReleaseAsk[],
): Promise<Map<ReleaseAsk, Judged>> {
  const facts = await gatherFacts(tx, tenantId, asks);
  const judged = new Map<ReleaseAsk, Judged>();
  const given = new Set<string>();
  for (const ask of asks) {
    const judgement = given.has(keyOf(ask)) ? alreadyReleased : await judge(ask, facts, sealRelease);
    if (judgement.kind === 'released') given.add(keyOf(ask));
    judged.set(ask, judgement);
  }
  return judged;
}

async function gatherFacts(tx: SqlTransaction, tenantId: Id<'tenant'>, asks: ReleaseAsk[]): Promise<Facts> {
  const ids = [...new Set(asks.map(({ eventId }) => eventId))];
  const events = new Map((await lockEvents(tx, tenantId, ids)).map((event) => [event.id, event]));
  const claimed = new Map((await findClaimed(tx, tenantId, ids)).map((one) => [keyOf(one), one]));
  const sinkIds = [...new Set(asks.map(({ sink }) => sink.sinkId))];
  const boxKeys = await findBoxKeys(tx, tenantId, sinkIds);
  const uses = new Map(asks.map((ask) => [ask, usesOf(claimed.get(keyOf(ask)))]));
  const names = [...new Set([...uses.values()].flat().map(({ name }) => name))];
  const secrets = new Map((await findSecretsWithValues(tx, tenantId, names)).map((secret) => [secret.name, secret]));
  const endToEnd = [...secrets.values()].flatMap((secret) => (secret.endToEnd ? secret.id : []));
  const held = await findHeldBoxes(tx, tenantId, endToEnd, sinkIds);
  return { events, claimed, boxKeys, uses, secrets, held };
}

const keyOf = ({ eventId, attempt }: { eventId: string; attempt: number }): string => `${eventId} ${attempt}`;

const usesOf = (claimed: ClaimedAttempt | undefined): SecretUse[] =>
  claimed?.parameters ? secretUses(readStoredParameters(claimed.parameters)) : [];

async function judge(ask: ReleaseAsk, facts: Facts, sealRelease: SealRelease): Promise<Judged> {
  const { eventId, attempt, sink } = ask;
  const event = facts.events.get(eventId);
  const boxKey = facts.boxKeys.get(sink.sinkId);
  const held = event?.state === 'RUNNING' && event.attempt === attempt && event.sinkId === sink.sinkId;
  // The last: it was revoked, and what is remembered of it says otherwise for a moment.
  if (!event || !held || boxKey === undefined) {
    return refused('not_held', `attempt ${attempt} of ${eventId} is not run by the sink ${sink.name}`);
  }
  if (facts.claimed.get(keyOf(ask))?.released) return alreadyReleased;
  const kept: KeptSecret[] = [];
  for (const use of facts.uses.get(ask) ?? []) {
    const secret = keptOf(use, { ...event, sinkId: sink.sinkId }, facts);
    if (!secret) {
      const message = `the secret "${use.name}" was changed, deleted or not granted any more after the event was claimed`;
      return refused('changed', message);
    }
    kept.push(secret);
  }
  if (!boxKey) return refused('unreadable', `the hub has no key of the sink ${sink.name} to seal secrets to`);
  const ofHub = kept.flatMap((secret) => ('sealed' in secret ? secret : []));
  const box = await sealRelease({ ...ask, sinkId: sink.sinkId, boxKey }, attemptPurpose(ask), ofHub);
  if (!(box instanceof Uint8Array)) {
    return refused('unreadable', `no key of the hub opens the value of the secret "${box.unreadable}"; set it anew`);
  }
  const sealed = kept.flatMap((secret) => ('box' in secret ? { key: secret.key, box: secret.box } : []));
  return { kind: 'released', box, sealed, secrets: kept };
}

/** The secret as the claim found it, or null where it is not so any more. */
function keptOf(use: SecretUse, user: SecretUser, { secrets, held }: Facts): KeptSecret | null {
  const secret = secrets.get(use.name);
  const standing = standingOf(secret, user, held);
  if (!secret || standing.kind !== 'usable' || standing.version !== use.version) return null;
  if (secret.sealed) return { ...use, id: secret.id, sealed: secret.sealed };
  const own = held.find(({ secretId, sinkId }) => secretId === secret.id && sinkId === user.sinkId);
  return own ? { ...use, id: secret.id, box: own.box } : null;
}

const refused = (reason: ReleaseRefusal, message: string): Judged => ({ kind: 'refused', reason, message });
const alreadyReleased = refused('already_released', 'the secrets of this attempt were given out before');
