import type { EventGridPoll, PollCounts, PollOutcome } from '@nexomatic/contracts/event-grid-api';
import { keptPolls } from '@nexomatic/contracts/event-grid-api';
import type { Id } from '@nexomatic/contracts/id';
import type { Sql, SqlRunner } from '../sql.ts';
import { bytes, idOf } from './rows.ts';

/** Who pulls which Event Grid source, and how it goes. All times are the database's: hubs need not agree on theirs. */

export interface EventGridSource {
  tenantId: Id<'tenant'>;
  id: Id<'source'>;
  name: string;
  eventTypeId: Id<'eventType'>;
  /** JSON of `EventGridSettings`. */
  settings: string;
  credential: { id: Id<'sourceSecret'>; wrapped: Uint8Array } | null;
}

interface RawSource {
  tenant_id: Uint8Array;
  id: Uint8Array;
  name: string;
  event_type_id: Uint8Array;
  settings: string;
  secret_id: Uint8Array | null;
  wrapped: Uint8Array | null;
}

/** Whatever is to be pulled, of every tenant: connected, enabled, with something to fire, and its tenant not stopped. */
async function findEventGridSources(sql: SqlRunner): Promise<EventGridSource[]> {
  const rows = await sql.query<RawSource>(
    `SELECT s.tenant_id, s.id, s.name, s.event_type_id, s.settings, k.id AS secret_id, k.wrapped
     FROM event_grid_consumers c
       JOIN sources s ON s.tenant_id = c.tenant_id AND s.id = c.source_id
       JOIN tenants t ON t.id = c.tenant_id AND t.suspended_at IS NULL
       LEFT JOIN source_secrets k ON k.tenant_id = c.tenant_id AND k.source_id = c.source_id AND k.revoked_at IS NULL
     WHERE s.kind = 'EVENT_GRID' AND s.enabled AND s.settings IS NOT NULL AND s.event_type_id IS NOT NULL
     ORDER BY k.id`,
  );
  return rows.map((row) => ({
    tenantId: idOf('tenant', row.tenant_id),
    id: idOf('source', row.id),
    name: row.name,
    eventTypeId: idOf('eventType', row.event_type_id),
    settings: row.settings,
    credential: row.secret_id && row.wrapped ? { id: idOf('sourceSecret', row.secret_id), wrapped: row.wrapped } : null,
  }));
}

/** Takes and renews the leases of what is to be pulled; gives what this owner may pull for so long from before the call. */
export async function leaseEventGridSources(
  sql: SqlRunner,
  { owner, leaseSeconds }: { owner: string; leaseSeconds: number },
): Promise<EventGridSource[]> {
  const sources = await findEventGridSources(sql);
  if (sources.length === 0) return [];
  const keys = sources.map(({ tenantId, id }) => [bytes(tenantId), bytes(id)]);
  await sql.run(
    `UPDATE event_grid_consumers SET owner = ?, lease_until = NOW(3) + INTERVAL ? SECOND
     WHERE (tenant_id, source_id) IN (?) AND (owner = ? OR lease_until IS NULL OR lease_until < NOW(3))`,
    [owner, leaseSeconds, keys, owner],
  );
  const held = await sql.query<{ source_id: Uint8Array }>(
    'SELECT source_id FROM event_grid_consumers WHERE (tenant_id, source_id) IN (?) AND owner = ? AND lease_until > NOW(3)',
    [keys, owner],
  );
  const own = new Set(held.map(({ source_id }) => idOf('source', source_id)));
  return sources.filter(({ id }) => own.has(id));
}

interface Held {
  tenantId: Id<'tenant'>;
  sourceId: Id<'source'>;
  owner: string;
}

const ofOwner = 'WHERE tenant_id = ? AND source_id = ? AND owner = ?';
const heldBy = ({ tenantId, sourceId, owner }: Held) => [bytes(tenantId), bytes(sourceId), owner];

/** It is pulled from the beginning: what failed before, perhaps with other settings, counts no more. */
export async function beginEventGridConsumer(sql: SqlRunner, held: Held): Promise<void> {
  await sql.run(`UPDATE event_grid_consumers SET failures = 0, next_poll_at = NULL ${ofOwner}`, heldBy(held));
}

/** Lets another hub have it at once. */
export async function endEventGridLease(sql: SqlRunner, held: Held): Promise<void> {
  await sql.run(
    `UPDATE event_grid_consumers SET owner = NULL, lease_until = NULL, in_flight = 0, next_poll_at = NULL ${ofOwner}`,
    heldBy(held),
  );
}

/** So many events are locked for this hub. */
export async function writeInFlight(sql: SqlRunner, held: Held, inFlight: number): Promise<void> {
  await sql.run(`UPDATE event_grid_consumers SET in_flight = ? ${ofOwner}`, [inFlight, ...heldBy(held)]);
}

export interface FinishedPoll {
  startedAt: Date;
  durationMs: number;
  outcome: PollOutcome;
  counts: PollCounts;
  detail: string | null;
  /** How old the oldest event was; null where none were asked for with success. */
  lagMs: number | null;
  failures: number;
  /** How long it waits before the next one. */
  pauseMs: number;
}

/** Keeps a poll, in the place of the one that came `keptPolls` before it. One of a hub that lost its lease is not kept. */
export async function writeEventGridPoll(sql: Sql, held: Held, poll: FinishedPoll): Promise<void> {
  const { counts, outcome, detail } = poll;
  const wrong = outcome === 'failed' || outcome === 'unsettled' || outcome === 'held_back' ? detail : null;
  const numbers = [counts.received, counts.accepted, counts.duplicates, counts.rejected, counts.released];
  await sql.transaction(async (tx) => {
    const { affectedRows } = await tx.run(
      `UPDATE event_grid_consumers SET polls = polls + 1, in_flight = 0, failures = ?, last_poll_at = NOW(3),
         next_poll_at = IF(? = 0, NULL, NOW(3) + INTERVAL ? * 1000 MICROSECOND), lag_ms = COALESCE(?, lag_ms),
         last_event_at = IF(? > 0, NOW(3), last_event_at), last_error = COALESCE(?, last_error),
         last_error_at = IF(? IS NULL, last_error_at, NOW(3)), received = received + ?, accepted = accepted + ?,
         duplicates = duplicates + ?, rejected = rejected + ?, released = released + ? ${ofOwner}`,
      [
        ...[poll.failures, poll.pauseMs, Math.round(poll.pauseMs), poll.lagMs, counts.received, wrong, wrong],
        ...numbers,
        ...heldBy(held),
      ],
    );
    if (affectedRows === 0) return;
    tx.defer(
      `REPLACE INTO event_grid_polls (tenant_id, source_id, slot, number, started_at, duration_ms, outcome, received,
         accepted, duplicates, rejected, released, detail)
       SELECT tenant_id, source_id, polls MOD ?, polls, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM event_grid_consumers ${ofOwner}`,
      [keptPolls, poll.startedAt, poll.durationMs, outcome, ...numbers, detail, ...heldBy(held)],
    );
  });
}

interface RawConsumer {
  owner: string | null;
  leased: number;
  in_flight: number;
  lag_ms: number | null;
  last_poll_at: Date | null;
  last_event_at: Date | null;
  next_poll_at: Date | null;
  failing: number;
  failures: number;
  last_error: string | null;
  last_error_at: Date | null;
  received: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  released: number;
}

/** Whatever is wrong is answered sooner than this; a poll that lasts longer waits for events. */
const answerSeconds = 5;

/** What is known of the pulling of a source; null for one that was never connected. */
export async function readEventGridConsumer(sql: SqlRunner, tenantId: Id<'tenant'>, sourceId: Id<'source'>) {
  const key = [bytes(tenantId), bytes(sourceId)];
  const [row] = await sql.query<RawConsumer>(
    `SELECT owner, owner IS NOT NULL AND lease_until > NOW(3) AS leased, in_flight, lag_ms, last_poll_at, last_event_at,
       next_poll_at, failures > 0 AND next_poll_at > NOW(3) - INTERVAL ? SECOND AS failing, failures, last_error, last_error_at, received, accepted, duplicates, rejected, released
     FROM event_grid_consumers WHERE tenant_id = ? AND source_id = ?`,
    [answerSeconds, ...key],
  );
  if (!row) return null;
  const polls = await sql.query<PollRow>(
    `SELECT started_at, duration_ms, outcome, received, accepted, duplicates, rejected, released, detail
     FROM event_grid_polls WHERE tenant_id = ? AND source_id = ? ORDER BY number DESC`,
    key,
  );
  const { received, accepted, duplicates, rejected, released } = row;
  return {
    owner: row.leased === 1 ? row.owner : null,
    inFlight: row.leased === 1 ? row.in_flight : 0,
    lagMs: row.lag_ms,
    lastPollAt: row.last_poll_at,
    lastEventAt: row.last_event_at,
    nextPollAt: row.next_poll_at,
    /** The last poll failed, and the one after it has not been waiting for long enough to be thought well. */
    failing: row.failing === 1,
    failures: row.failures,
    lastError: row.last_error !== null && row.last_error_at ? { at: row.last_error_at, message: row.last_error } : null,
    totals: { received, accepted, duplicates, rejected, released },
    polls: polls.map(
      ({ started_at, duration_ms, ...poll }): EventGridPoll => ({
        ...poll,
        startedAt: started_at.toISOString(),
        durationMs: duration_ms,
      }),
    ),
  };
}
export type EventGridConsumerFacts = NonNullable<Awaited<ReturnType<typeof readEventGridConsumer>>>;

interface PollRow extends PollCounts {
  started_at: Date;
  duration_ms: number;
  outcome: PollOutcome;
  detail: string | null;
}
