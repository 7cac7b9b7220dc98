import { newId } from '@nexomatic/contracts/id';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkSignal } from '@nexomatic/db/entities/sink-signal';
import { LockMode } from '@nexomatic/db/query';
import { actorOf, type SinkIdentity } from '../../attempts/sink-identity.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import type { Actor } from '../../auth/actor.ts';
import { changeDefinition } from '../../definitions/change-definition.ts';
import { noSink } from '../read-sinks.ts';
import type { SignalDeps } from './send-signal.ts';

/**
 * Somebody at the machine pauses or resumes its sink. It is the same pause as the one that the hub's people send, and stands
 * among their signals as done: the agent has done it already.
 */
export async function setPaused(deps: SignalDeps, sink: SinkIdentity, actor: Actor, paused: boolean): Promise<void> {
  const { tenantId, sinkId } = sink;
  const kind = paused ? 'pause' : 'resume';
  await changeDefinition(deps, tenantId, async (em) => {
    const row = await em.findOne(Sink, { id: sinkId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!row) throw noSink(sinkId);
    if ((row.pausedAt != null) === paused) return;
    const now = new Date(deps.clock.now());
    await em.nativeUpdate(
      SinkSignal,
      { sinkId, kind: { $in: ['pause', 'resume'] }, doneAt: null },
      { doneAt: now, outcome: 'replaced', detail: `${kind} on the machine came after it` },
    );
    em.assign(row, { pausedAt: paused ? now : null });
    if (row.status === 'ONLINE' || row.status === 'OFFLINE' || row.status === 'PAUSED') {
      em.assign(row, { status: paused ? 'PAUSED' : 'ONLINE' });
    }
    const by = { createdBy: actorOf(sink).slice(0, 100), detail: 'on the machine itself' };
    const times = { sentAt: now, receivedAt: now, doneAt: now, outcome: 'done' as const };
    em.persist(em.create(SinkSignal, { tenantId, id: newId('signal'), sinkId, kind, ...by, ...times }));
    const object = { kind: 'sink' as const, id: sinkId, name: row.name };
    recordAudit(em, tenantId, actor, { action: `sink.${kind}_sent`, object, before: null, after: null });
    await em.flush();
  });
  deps.signals.tell([sink], 'pause');
}
