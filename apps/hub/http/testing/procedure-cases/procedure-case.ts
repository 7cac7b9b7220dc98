import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import {
  makeJoinToken,
  makeParameter,
  makePipeline,
  makeSchedule,
  makeSecret,
  makeSink,
  makeSource,
  makeUser,
} from '@nexomatic/testkit/factories';
import { systemActor } from '#server/auth/actor.ts';
import { setSecretValue } from '#server/secrets/set-value.ts';
import { sealFor } from '#server/secrets/testing/seal-for.ts';
import type { TestWeb } from '../open-test-web.ts';
import { personAt } from '../person.ts';
import { acceptOne, sinkHand, sinkOf } from '../run-event.ts';
import { canaryForms, secretCanary } from '../secret-canary.ts';

/** A tenant with something of everything, whose ids the cases name. */
export async function makeWorld(database: Database, web: TestWeb) {
  const pipeline = await makePipeline(database);
  const { tenant } = pipeline;
  const member = await makeUser(database, tenant.id, 'viewer');
  const sealed = await makeSealed(database, web, tenant.id);
  const parameter = { key: 'token', kind: 'SECRET' as const, value: sealed.secret.name };
  await makeParameter(database, pipeline.eventType, parameter);
  return {
    ...pipeline,
    ...sealed,
    schedule: await makeSchedule(database, pipeline.eventType),
    joinToken: (await makeJoinToken(database, pipeline.sinkType)).joinToken,
    otherSink: (await makeSink(database, pipeline.sinkType)).sink,
    member,
    session: await sessionOf(web, member),
    event: { id: await runOne(web, pipeline) },
    request: { id: await requestOf(web, pipeline.webhookKey) },
    gridSource: (await makeSource(database, pipeline.eventType, { kind: 'EVENT_GRID', keyHash: null, keyHint: null }))
      .source,
    ...(await makeByHand(database, web, pipeline)),
  };
}
export type World = Awaited<ReturnType<typeof makeWorld>>;

/** A secret with a value, and the next one as somebody would send it. */
async function makeSealed(database: Database, { services }: TestWeb, tenantId: Id<'tenant'>) {
  const secret = await makeSecret(database, tenantId);
  const value = await sealFor(services, tenantId, secret.name, secretCanary);
  const { version } = await setSecretValue(services, tenantId, systemActor, { id: secret.id, value });
  const sealed = await sealFor(services, tenantId, secret.name, secretCanary, 2);
  return { secret: { id: secret.id, name: secret.name, version }, sealed };
}

/** An event that has run and told the secret that it was given in every way that an agent which masks nothing would send. */
async function runOne({ services }: TestWeb, pipeline: Parameters<typeof sinkOf>[0]): Promise<Id<'event'>> {
  const id = await acceptOne(services, pipeline, '{"told":"to members alone"}');
  const hand = sinkHand(services, sinkOf(pipeline), id);
  await hand.claim();
  await hand.log('stdout', `for members alone\n${secretCanary}\n`);
  for (const form of canaryForms) {
    await hand.log('stderr', form.slice(0, 20));
    await hand.log('stderr', form.slice(20));
  }
  await hand.log(
    'record',
    `${JSON.stringify({ at: 1, level: 'info', message: secretCanary, fields: { secretCanary } })}\n`,
  );
  await hand.end('WARNING', {
    message: secretCanary,
    result: { utf8: JSON.stringify({ [secretCanary]: canaryForms }) },
  });
  return id;
}

/** A request that came to the webhook. */
async function requestOf(web: TestWeb, webhookKey: string): Promise<Id<'receipt'>> {
  const answer = await (await web.post(`/h/${webhookKey}`, { told: 'to members alone' })).json();
  return answer.receiptId;
}

async function sessionOf(web: TestWeb, user: { id: Id<'user'> }): Promise<{ id: Id<'session'> }> {
  const { sessions } = (await (await personAt(web, user)).query('session.list')).data;
  return { id: firstOf(sessions).id };
}

function firstOf<T>(listed: T[]): T {
  const [first] = listed;
  if (first === undefined) throw new Error('the world was to have one');
  return first;
}

/** What people make and no factory does. */
async function makeByHand(
  database: Database,
  web: TestWeb,
  { tenant, source }: { tenant: { id: Id<'tenant'>; slug: string }; source: { id: Id<'source'> } },
) {
  const owner = await personAt(web, await makeUser(database, tenant.id, 'owner'), tenant.slug);
  const view = await owner.mutate('views.create', { name: 'Errors', query: 'state:error' });
  const job = await owner.mutate('bulk.create', { action: 'cancel', query: 'state:error' });
  const token = await owner.mutate('apiTokens.create', { name: 'Program', scopes: null, expiresInDays: 30 });
  const sourceSecret = await owner.mutate('sourceSecrets.add', { source: source.id });
  const freeze = await owner.mutate('blackouts.create', { name: 'Freeze', window: aNight });
  const log = await owner.query('audit.list', {});
  return {
    savedView: { id: view.data.id },
    bulkJob: { id: job.data.id },
    sourceSecret: { id: sourceSecret.data.id },
    token: { id: token.data.id },
    blackout: { id: freeze.data.id, version: 1 },
    auditEntry: { id: firstOf(log.data.entries).id },
  };
}

/** A window in which runs are skipped. */
export const aNight = {
  kind: 'weekly',
  days: ['sat', 'sun'],
  from: '22:00',
  until: '06:00',
  timeZone: 'Europe/Berlin',
};

/** How a procedure is called in the sweep over all of them: with what its own people would send. */
export interface ProcedureCase {
  input(world: World): unknown;
  /**
   * What a stranger gets who sends the same to their own tenant: `not_found` where the input names an object, `own` where it
   * names none and the answer is about their own tenant.
   */
  stranger: 'not_found' | 'own';
}

export type ProcedureCases = Record<string, ProcedureCase>;
