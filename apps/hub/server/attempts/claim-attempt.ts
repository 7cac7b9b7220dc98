import { coalesce } from '@nexomatic/coalesce';
import { type Id, idToBytes } from '@nexomatic/contracts/id';
import { type Assignment, type ClaimOutcome, leaseMs, type StoredParameter } from '@nexomatic/contracts/sink-protocol';
import type { Ticket } from '@nexomatic/contracts/ticket';
import { toWire } from '@nexomatic/contracts/wire-bytes';
import { insertAttempts } from '@nexomatic/db/ledger/attempts';
import { lockQueued } from '@nexomatic/db/ledger/event-row';
import type { OutboxRow } from '@nexomatic/db/ledger/insert-events';
import { byTenant } from '@nexomatic/db/ledger/rows';
import { isUnavailable } from '@nexomatic/db/ledger/unavailable';
import { startRunning } from '@nexomatic/db/ledger/write-state';
import type { Sql, SqlTransaction } from '@nexomatic/db/sql';
import type { LiveBus } from '@nexomatic/queue/live';
import type { Definitions, EventTypeDefinition } from '../definitions/definitions.ts';
import type { Relay } from '../dispatch/relay-outbox.ts';
import type { ReleasedValues } from '../secrets/released-values.ts';
import { secretNames, secretStandings } from '../secrets/secret-standings.ts';
import { secretUses } from '../secrets/secret-uses.ts';
import { type Ending, finishEvents } from './finish-events.ts';
import { resolveParameters, type Unresolved } from './resolve-parameters.ts';
import type { SinkIdentity } from './sink-identity.ts';

interface Claim {
  tenantId: Id<'tenant'>;
  sink: SinkIdentity;
  ticket: Ticket;
}

type LockedEvent = Awaited<ReturnType<typeof lockQueued>>[number];

interface Start {
  claim: Claim;
  event: LockedEvent;
  eventType: EventTypeDefinition;
  parameters: StoredParameter[];
}

export type ClaimAttempts = (sink: SinkIdentity, tickets: Ticket[]) => Promise<ClaimOutcome[]>;

/**
 * Claims events for sinks: a ticket is only a hint, the row decides. Whoever finds the event QUEUED, unlocked and before
 * the ticket's attempt gets it; everybody else is told that it is gone. Parameters are resolved here, so that an event
 * which lacks one ends before any code runs. A sink that pauses gets none.
 */
export function createClaimAttempts(deps: {
  sql: Sql;
  definitions: Definitions;
  relay: Relay;
  live: LiveBus;
  releasedValues: Pick<ReleasedValues, 'noneFor'>;
}): ClaimAttempts {
  const { sql, definitions, relay, live, releasedValues } = deps;

  const claims = coalesce<Claim, ClaimOutcome>(
    async (batch) => {
      const { outcomes, tickets } = await sql.transaction(async (tx) => {
        const settled = new Map<Claim, ClaimOutcome>();
        const after: OutboxRow[] = [];
        for (const [tenantId, group] of byTenant(batch)) {
          after.push(...(await claimOfTenant(tx, definitions, tenantId, group, settled)));
        }
        return { outcomes: batch.map((claim) => settled.get(claim) ?? gone(claim)), tickets: after };
      });
      relay.nudge(tickets);
      releasedValues.noneFor(outcomes.filter((outcome) => outcome.outcome === 'claimed' && !outcome.secrets));
      const changed = batch.filter((_, i) => outcomes[i]?.outcome !== 'gone');
      live.publish(changed.map(({ tenantId, ticket }) => ({ tenantId, eventId: ticket.eventId })));
      return outcomes;
    },
    { maxBatch: 500, isolate: (error) => !isUnavailable(error) },
  );

  return async (sink, tickets) => {
    const known = await definitions.sinkById(sink.tenantId, sink.sinkId);
    if (known?.paused) return tickets.map((ticket) => ({ outcome: 'paused', ...ticket }));
    return Promise.all(tickets.map((ticket) => claims.add({ tenantId: sink.tenantId, sink, ticket })));
  };
}

const gone = ({ ticket }: Claim): ClaimOutcome => ({ outcome: 'gone', ...ticket });

async function claimOfTenant(
  tx: SqlTransaction,
  definitions: Definitions,
  tenantId: Id<'tenant'>,
  claims: Claim[],
  settled: Map<Claim, ClaimOutcome>,
): Promise<OutboxRow[]> {
  const events = await lockQueued(
    tx,
    tenantId,
    claims.map(({ ticket }) => ticket.eventId),
  );
  const taken: Omit<Start, 'parameters'>[] = [];
  const free = new Map(events.map((event) => [event.id, event]));
  for (const claim of claims) {
    const event = free.get(claim.ticket.eventId);
    const eventType = event && (await definitions.eventType(tenantId, event.eventTypeId));
    if (!event || !eventType?.enabled || !mayStart(event, claim)) continue;
    // The first claim of a batch takes the event; a second one for it finds it gone.
    free.delete(event.id);
    taken.push({ claim, event, eventType });
  }
  const named = taken.flatMap(({ eventType }) => secretNames(eventType.parameters));
  const standings = await secretStandings(tx, tenantId, named);
  const starts: Start[] = [];
  const refusals: Ending[] = [];
  for (const { claim, event, eventType } of taken) {
    const user = { eventTypeId: eventType.id, sinkTypeId: event.sinkTypeId, sinkId: claim.sink.sinkId };
    const resolution = resolveParameters(eventType.parameters, event.payload, standings(user));
    if (resolution.kind === 'resolved') starts.push({ claim, event, eventType, parameters: resolution.parameters });
    else {
      refusals.push(refusal(event, resolution));
      settled.set(claim, {
        outcome: 'refused',
        ...claim.ticket,
        reason: resolution.reason,
        message: resolution.message,
      });
    }
  }
  start(tx, tenantId, starts);
  const { attemptMiB } = await definitions.logLimits(tenantId);
  for (const started of starts)
    settled.set(started.claim, { ...assignment(started), logLimitBytes: attemptMiB * 1024 ** 2 });
  return refusals.length > 0 ? finishEvents(tx, definitions, refusals) : [];
}

/** A ticket that was delayed by Redis' clock may come this much before the database's clock says so. */
const earlyMs = 1_000;

function mayStart(event: LockedEvent, { sink, ticket }: Claim): boolean {
  return (
    event.attempt + 1 === ticket.attempt &&
    event.waitMs <= earlyMs &&
    event.sinkTypeId === sink.sinkTypeId &&
    (event.pinnedSinkId === null || event.pinnedSinkId === sink.sinkId)
  );
}

function start(tx: SqlTransaction, tenantId: Id<'tenant'>, starts: Start[]): void {
  // One statement for all that get the same sink and the same run time, which mostly is one for the whole batch.
  const groups = Map.groupBy(starts, ({ claim, eventType }) => `${claim.sink.sinkId} ${eventType.timeoutSeconds}`);
  for (const group of groups.values()) {
    const [first] = group;
    if (!first) continue;
    startRunning(tx, {
      tenantId,
      events: group.map(({ event }) => event),
      sinkId: first.claim.sink.sinkId,
      leaseMs,
      timeoutSeconds: first.eventType.timeoutSeconds + graceSeconds,
    });
  }
  insertAttempts(
    tx,
    starts.map(({ claim, event, eventType, parameters }) => ({
      tenantId,
      eventId: event.id,
      attempt: claim.ticket.attempt,
      sinkId: claim.sink.sinkId,
      eventTypeVersion: eventType.version,
      actionVersion: eventType.actionVersion,
      module: eventType.module,
      parameters: Buffer.from(JSON.stringify(parameters)),
    })),
  );
}

/** The sink ends a module that runs too long; the hub steps in this much later, if the sink has not. */
const graceSeconds = 30;

function assignment({ claim, event, eventType, parameters }: Start): Assignment {
  return {
    outcome: 'claimed',
    ...claim.ticket,
    eventType: eventType.name,
    module: eventType.module,
    ...splitSecrets(parameters),
    payload: toWire(event.payload),
    contentType: event.contentType,
    timeoutMs: eventType.timeoutSeconds * 1000,
    rootId: event.rootId,
    // A chain is one trace: its id is the root's 128 bits (W3C trace context wants 32 hex digits).
    traceId: Buffer.from(idToBytes(event.rootId)).toString('hex'),
  };
}

/** Values go to the sink at once; of secrets it learns which ones to ask for. */
function splitSecrets(parameters: StoredParameter[]): Pick<Assignment, 'parameters' | 'secrets'> {
  const values = parameters.filter((parameter) => parameter.kind !== 'SECRET');
  if (values.length === parameters.length) return { parameters: values };
  return { parameters: values, secrets: secretUses(parameters) };
}

const refusal = (event: LockedEvent, { reason, message }: Unresolved): Ending => ({
  event,
  state: 'ERROR',
  reason,
  message,
  exitCode: null,
  result: null,
  lastLogSeq: 0,
  attemptEnd: null,
  actor: 'hub',
  verb: 'refused',
});
