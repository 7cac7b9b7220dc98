import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { SendSignal, SignalKind, SignalSummary, SinkCommand } from '@nexomatic/contracts/signal-api';
import type { SinkStatus } from '@nexomatic/contracts/sink-api';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkSignal } from '@nexomatic/db/entities/sink-signal';
import { type EntityManager, LockMode } from '@nexomatic/db/query';
import type { Redis } from '@nexomatic/queue/connection';
import { recordAudit } from '../../audit/record-audit.ts';
import { type Actor, activityActor } from '../../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../../definitions/change-definition.ts';
import { readPresences } from '../presence.ts';
import { noSink } from '../read-sinks.ts';
import { showSignal } from './read-signals.ts';
import type { SignalBus } from './signal-bus.ts';

/** What a command takes back, as far as it is not done. Nothing takes back a force-kill: it does not wait for anything. */
const takesBack: Record<SinkCommand, SignalKind[]> = {
  pause: ['pause', 'resume'],
  resume: ['pause', 'resume', 'drain', 'reset', 'kill'],
  drain: ['drain', 'reset', 'kill'],
  reset: ['drain', 'reset', 'kill'],
  kill: ['drain', 'reset', 'kill'],
  force_kill: ['drain', 'reset', 'kill', 'force_kill'],
};

export interface SignalDeps extends DefinitionDeps {
  redis: Redis;
  signals: Pick<SignalBus, 'tell'>;
}

/**
 * Tells a sink what to do. A pause counts from now on, whether its agent has heard of it or not: the hub gives it no work.
 * Everything else is done once the agent has it.
 */
export async function sendSignal(
  deps: SignalDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id: sinkId, kind }: SendSignal,
): Promise<SignalSummary> {
  const present = await isPresent(deps.redis, sinkId);
  const shown = await changeDefinition(deps, tenantId, async (em) => {
    const sink = await em.findOne(Sink, { id: sinkId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!sink) throw noSink(sinkId);
    if (!sink.signKey && !sink.tokenHash) {
      const detail = `The credential of the sink ${sink.name} was revoked: there is no agent that could hear a signal. It must join anew.`;
      throw new NexomaticError('conflict', detail);
    }
    const now = new Date(deps.clock.now());
    const signal = em.create(SinkSignal, {
      tenantId,
      id: newId('signal'),
      sinkId,
      kind,
      createdBy: activityActor(actor).slice(0, 100),
      sentAt: now,
    });
    await takeBack(em, signal, kind, now);
    if (kind === 'pause' || kind === 'resume') {
      em.assign(sink, { pausedAt: kind === 'pause' ? (sink.pausedAt ?? now) : null });
      em.assign(sink, { status: statusAfter(kind, sink.status, present) });
    }
    em.persist(signal);
    const object = { kind: 'sink' as const, id: sinkId, name: sink.name };
    recordAudit(em, tenantId, actor, { action: `sink.${kind}_sent`, object, before: null, after: { id: signal.id } });
    await em.flush();
    return showSignal(signal);
  });
  deps.signals.tell([{ tenantId, sinkId }], kind === 'pause' || kind === 'resume' ? 'pause' : 'signal');
  return shown;
}

async function takeBack(em: EntityManager, by: SinkSignal, kind: SinkCommand, now: Date): Promise<void> {
  await em.nativeUpdate(
    SinkSignal,
    { sinkId: by.sinkId, kind: { $in: takesBack[kind] }, doneAt: null },
    { doneAt: now, outcome: 'replaced', detail: `${kind} was sent after it` },
  );
}

/** A sink that is going away is shown so until it has gone, or is told to stay. */
function statusAfter(kind: 'pause' | 'resume', status: SinkStatus, present: boolean): SinkStatus {
  if (status === 'FORCE_KILLING') return status;
  const leaving = status === 'DRAINING' || status === 'RESETTING' || status === 'KILLING';
  if (kind === 'pause') return leaving ? status : 'PAUSED';
  return present ? 'ONLINE' : 'OFFLINE';
}

/** Without Redis nobody knows; then it counts as there until it is found to be silent. */
async function isPresent(redis: Redis, sinkId: Id<'sink'>): Promise<boolean> {
  try {
    return (await readPresences(redis, [sinkId])).has(sinkId);
  } catch {
    return true;
  }
}
