import { type Id, newId } from '@nexomatic/contracts/id';
import { Action } from '@nexomatic/db/entities/action';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Parameter } from '@nexomatic/db/entities/parameter';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import type { EntityManager } from '@nexomatic/db/query';
import { actionBodyOf } from '../actions/show-actions.ts';
import { systemActor } from '../auth/actor.ts';
import { recordVersion } from '../definitions/record-version.ts';
import { eventTypeBodyOf } from '../event-types/show-event-types.ts';

/** The demo's pipeline: a greeting, and what follows when it succeeds or fails. Modules: `apps/sink/examples/demo/hello.py`. */
const steps = [
  // Greeting somebody twice changes nothing, telling the world twice does.
  { type: 'hello.received', module: 'hello.greet', rerunWhenLost: true },
  { type: 'hello.notify', module: 'hello.notify', rerunWhenLost: false },
  { type: 'hello.alert', module: 'hello.alert', rerunWhenLost: false },
] as const;

const parameters = [
  { key: 'greeting', kind: 'STATIC', value: '"Hello"' },
  { key: 'name', kind: 'DATA', value: 'name' },
] as const;

/** The demo's use of a secret, apart from its pipeline; the secret's value is drawn where the demo is made. */
const signing = { type: 'hello.sign', module: 'hello.sign', key: 'signing_key' } as const;
export const demoSecret = 'DEMO_SIGNING_KEY';

/** Event types of the demo; its webhook fires the first. */
export const demoEventTypes = [...steps, signing].map(({ type }) => type) as [string, ...string[]];

export interface DemoDefinitions {
  sinkTypeId: Id<'sinkType'>;
  /** What the webhook fires. */
  receivedId: Id<'eventType'>;
}

/** Makes what is missing of the demo's definitions; what is there stays as somebody may have edited it. */
export async function seedDefinitions(em: EntityManager, tenantId: Id<'tenant'>): Promise<DemoDefinitions> {
  const sinkType =
    (await em.findOne(SinkType, { name: 'PYTHON' })) ??
    em.create(SinkType, { tenantId, id: newId('sinkType'), name: 'PYTHON', runtime: 'PYTHON' });
  await em.persist(sinkType).flush();

  const received = await em.findOne(EventType, { name: 'hello.received' });
  if (received) return { sinkTypeId: sinkType.id, receivedId: received.id };

  const actions = steps.map(({ module }) => em.create(Action, { tenantId, id: newId('action'), name: module, module }));
  await em.persist(actions).flush();
  const eventTypes = steps.map(({ type: name, rerunWhenLost }, i) => {
    const ids = { id: newId('eventType'), sinkTypeId: sinkType.id, actionId: actions[i]?.id ?? newId('action') };
    return em.create(EventType, { tenantId, ...ids, name, rerunWhenLost });
  });
  await em.persist(eventTypes).flush();

  // Actions name event types and event types name actions, so one of the two comes later.
  const [greet] = actions;
  const [first, onSuccess, onFailure] = eventTypes;
  if (!greet || !first || !onSuccess || !onFailure) throw new Error('the demo has three steps');
  // This completes its first version and is no change of it.
  const edges = { onSuccessId: onSuccess.id, onFailureId: onFailure.id, version: 1 };
  await em.nativeUpdate(Action, { id: greet.id }, edges);
  for (const parameter of parameters) {
    em.persist(em.create(Parameter, { tenantId, id: newId('parameter'), eventTypeId: first.id, ...parameter }));
  }
  await em.flush();
  for (const row of actions) recordVersion(em, row, systemActor, actionBodyOf(row, []));
  for (const row of eventTypes) {
    recordVersion(em, row, systemActor, eventTypeBodyOf(row, row === first ? [...parameters] : []));
  }
  await em.flush();
  return { sinkTypeId: sinkType.id, receivedId: first.id };
}

/** Makes the event type that uses the demo's secret; one that is there, or that has become somebody's own, stays. */
export async function seedSigning(
  em: EntityManager,
  tenantId: Id<'tenant'>,
  sinkTypeId: Id<'sinkType'>,
): Promise<void> {
  const { type: name, module, key } = signing;
  if ((await em.count(EventType, { name })) > 0 || (await em.count(Action, { name: module })) > 0) return;
  const action = em.create(Action, { tenantId, id: newId('action'), name: module, module });
  await em.persist(action).flush();
  const ids = { id: newId('eventType'), sinkTypeId, actionId: action.id };
  const eventType = em.create(EventType, { tenantId, ...ids, name, rerunWhenLost: true });
  await em.persist(eventType).flush();
  const parameter = { key, kind: 'SECRET', value: demoSecret } as const;
  em.persist(em.create(Parameter, { tenantId, id: newId('parameter'), eventTypeId: eventType.id, ...parameter }));
  recordVersion(em, action, systemActor, actionBodyOf(action, []));
  recordVersion(em, eventType, systemActor, eventTypeBodyOf(eventType, [parameter]));
  await em.flush();
}
