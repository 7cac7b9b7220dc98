import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import { newId } from '@nexomatic/contracts/id';
import type { SinkStatus } from '@nexomatic/contracts/sink-api';
import { silentAfterMs } from '@nexomatic/contracts/sink-protocol';
import { type TransitionCause, unsteadyMs } from '@nexomatic/contracts/sink-transition-api';
import type { Database } from '@nexomatic/db/database';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkTransition } from '@nexomatic/db/entities/sink-transition';
import { listUnnotedSinks, type UnnotedSink } from '@nexomatic/db/ledger/sinks';
import type { EntityManager } from '@nexomatic/db/query';
import type { Sql } from '@nexomatic/db/sql';
import { recordAudit } from '../audit/record-audit.ts';
import { systemActor } from '../auth/actor.ts';

/** History older than that is forgotten when something new happens to the sink. */
const keptMs = 90 * 24 * 3_600_000;

/**
 * Writes down which sinks came or went since the last look, each once however many hubs look; gives how many. Whoever changes
 * a status needs to know nothing of that, and what did not last from one look to the next is no history.
 */
export async function noteTransitions(deps: { db: Database; sql: Sql; clock: Clock }): Promise<number> {
  let noted = 0;
  for (const sink of await listUnnotedSinks(deps.sql)) if (await noteTransition(deps, sink)) noted += 1;
  return noted;
}

async function noteTransition({ db, clock }: { db: Database; clock: Clock }, sink: UnnotedSink): Promise<boolean> {
  const { tenantId, sinkId, status, notedStatus, lastSeenAt } = sink;
  const now = new Date(clock.now());
  return db.tenantEm(tenantId).transactional(async (em) => {
    const seen = { id: sinkId, status, notedStatus };
    if ((await em.nativeUpdate(Sink, seen, { notedStatus: status })) === 0) return false;
    // Before its first start it is being set up: it did not go anywhere.
    if (notedStatus === null && status === 'OFFLINE') return false;
    const cause = causeOf(sink, now);
    const at = cause === 'silent' && lastSeenAt ? lastSeenAt : now;
    const isNew = await foldOrAdd(em, { tenantId, sinkId, status, cause, at });
    const action = auditActions[cause];
    if (isNew && action) {
      const object = { kind: 'sink' as const, id: sinkId, name: sink.name };
      const [before, after] = [notedStatus && { status: notedStatus }, { status }];
      recordAudit(em, tenantId, systemActor, { action, object, before, after });
    }
    await em.nativeDelete(SinkTransition, { sinkId, lastAt: { $lt: new Date(now.getTime() - keptMs) } });
    await em.flush();
    return true;
  });
}

/** What a person did is in the audit log already. */
const auditActions: Partial<Record<TransitionCause, `sink.${string}`>> = {
  connected: 'sink.connected',
  silent: 'sink.went_silent',
  stopped: 'sink.stopped',
};

const told: Partial<Record<SinkStatus, TransitionCause>> = {
  PAUSED: 'paused',
  DRAINING: 'draining',
  RESETTING: 'resetting',
  KILLING: 'killing',
  FORCE_KILLING: 'force_killing',
};
const leaving: readonly (SinkStatus | null)[] = ['DRAINING', 'KILLING', 'FORCE_KILLING'];

/** One that goes by itself says so; one that is lost was not heard of for a while when that is seen. */
function causeOf({ status, notedStatus, revoked, lastSeenAt }: UnnotedSink, now: Date): TransitionCause {
  if (status === 'ONLINE') return notedStatus === 'PAUSED' ? 'resumed' : 'connected';
  if (status !== 'OFFLINE') return told[status] ?? 'stopped';
  if (revoked) return 'revoked';
  const silentMs = lastSeenAt ? now.getTime() - lastSeenAt.getTime() : 0;
  return !leaving.includes(notedStatus) && silentMs >= silentAfterMs / 2 ? 'silent' : 'stopped';
}

interface Happened {
  tenantId: Id<'tenant'>;
  sinkId: Id<'sink'>;
  status: SinkStatus;
  cause: TransitionCause;
  at: Date;
}

/** What comes and goes by itself. */
const unsteady: readonly TransitionCause[] = ['connected', 'silent'];

/**
 * Adds a row, and says whether that is worth telling: one who comes and goes within minutes counts up the row before instead, and
 * the short while between the two is forgotten. The sink's own row is locked by now, so nobody else adds one.
 */
async function foldOrAdd(em: EntityManager, { at, ...happened }: Happened): Promise<boolean> {
  const { sinkId, cause } = happened;
  const [last, before] = await em.find(SinkTransition, { sinkId }, { orderBy: { id: 'desc' }, limit: 2 });
  const returns = last && before?.cause === cause && [cause, last.cause].every((one) => unsteady.includes(one));
  if (returns && at.getTime() - before.lastAt.getTime() < unsteadyMs) {
    em.assign(before, { times: before.times + 1, lastAt: at });
    em.remove(last);
    return false;
  }
  em.persist(em.create(SinkTransition, { id: newId('sinkTransition'), ...happened, at, lastAt: at }));
  // The first is the end of joining, which is told already.
  return last?.times === 1;
}
