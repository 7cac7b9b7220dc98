import type { Id } from '@nexomatic/contracts/id';
import { type ListSignals, type SignalKind, type SignalSummary, unheardAfterMs } from '@nexomatic/contracts/signal-api';
import type { Database } from '@nexomatic/db/database';
import { SinkSignal } from '@nexomatic/db/entities/sink-signal';
import { findSink } from '../read-sinks.ts';

/** What a module gets between SIGTERM and SIGKILL, and some time to look for what it has started. */
const endsWithinMs = 15_000;

/** A page of what a sink was told, newest first. */
export async function listSignals(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  { id, limit, cursor }: ListSignals,
): Promise<{ signals: SignalSummary[]; nextCursor: string | null }> {
  const em = db.tenantEm(tenantId);
  await findSink(em, id);
  const rows = await em.find(
    SinkSignal,
    { sinkId: id, ...(cursor ? { id: { $lt: cursor } } : {}) },
    { orderBy: { id: 'desc' }, limit: limit + 1 },
  );
  const page = rows.slice(0, limit);
  return { signals: page.map(showSignal), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** A signal as people see it. */
export function showSignal(row: SinkSignal): SignalSummary {
  const { id, kind, eventId, attempt, createdBy: by } = row;
  return {
    id,
    kind,
    state: stateOf(row),
    outcome: row.outcome ?? null,
    detail: row.detail,
    event: eventId && attempt ? { id: eventId, attempt } : null,
    by,
    sentAt: row.sentAt.toISOString(),
    receivedAt: row.receivedAt?.toISOString() ?? null,
    doneAt: row.doneAt?.toISOString() ?? null,
    late: lateOf(row),
  };
}

function stateOf({ receivedAt, doneAt }: SinkSignal): SignalSummary['state'] {
  if (doneAt) return 'done';
  return receivedAt ? 'received' : 'sent';
}

function lateOf({ kind, sentAt, receivedAt, doneAt }: SinkSignal): SignalSummary['late'] {
  if (doneAt) return null;
  const [since, ms, text] = receivedAt ? [receivedAt, ...heldUp(kind)] : [sentAt, unheardAfterMs, unheard(kind)];
  return { from: new Date(since.getTime() + ms).toISOString(), text };
}

function unheard(kind: SignalKind): string {
  if (kind === 'pause') return 'The agent has not heard of it yet. The hub gives it no work in the meantime.';
  if (kind === 'resume') return 'The agent has not heard of it yet. It will when it is there.';
  return 'The agent has not heard of it. If it is not there within ten minutes of sending, the signal expires.';
}

function heldUp(kind: SignalKind): [ms: number, text: string] {
  switch (kind) {
    case 'drain':
    case 'reset':
    case 'kill':
      return [unheardAfterMs, 'The agent waits for the end of what it runs.'];
    case 'force_kill':
    case 'cancel_attempt':
      return [endsWithinMs, 'The agent has it, but has not said that the processes ended. Look at its log.'];
    case 'pause':
    case 'resume':
      return [unheardAfterMs, 'The agent has it, but has not said that it was done. Look at its log.'];
  }
}
