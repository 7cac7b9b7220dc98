import { createHash, randomBytes } from 'node:crypto';
import { systemClock } from '@nexomatic/clock';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { Role } from '@nexomatic/contracts/permission';
import type { Database } from '@nexomatic/db/database';
import { Action } from '@nexomatic/db/entities/action';
import { ApiToken } from '@nexomatic/db/entities/api-token';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Invitation } from '@nexomatic/db/entities/invitation';
import { JoinToken } from '@nexomatic/db/entities/join-token';
import { Membership } from '@nexomatic/db/entities/membership';
import { Parameter } from '@nexomatic/db/entities/parameter';
import { Schedule } from '@nexomatic/db/entities/schedule';
import { Secret } from '@nexomatic/db/entities/secret';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import { Source } from '@nexomatic/db/entities/source';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { User } from '@nexomatic/db/entities/user';
import type { RequiredEntityData } from '@nexomatic/db/query';

/**
 * Rows for tests, each written at once and complete but for what the test cares about. Names and slugs are unique, so
 * that any number of tests share one schema.
 */

type Given<T> = Partial<RequiredEntityData<T>>;

const unique = (what: string): string => `${what}-${randomBytes(5).toString('hex')}`;
const token = (prefix: 'nxt' | 'nxs' | 'nxl' | 'nxi' | 'nxj'): string =>
  `${prefix}_${randomBytes(32).toString('base64url')}`;
export const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** 160 random bits in lower-case base32, as they stand in a webhook's address. */
export function sourceKey(): string {
  const digits = 'abcdefghijklmnopqrstuvwxyz234567';
  // Each of 32 digits carries 5 bits; a byte's lower five are as random as the byte.
  return Array.from(randomBytes(32), (byte) => digits.charAt(byte & 31)).join('');
}

export async function makeTenant(database: Database, given: Given<Tenant> = {}): Promise<Tenant> {
  // A tenant is made by nobody's tenant.
  const em = database.systemEm();
  const tenant = em.create(Tenant, { id: newId('tenant'), slug: unique('tenant'), name: 'Tenant', ...given });
  await em.persist(tenant).flush();
  return tenant;
}

/** A user, and where a role is given, their membership of the tenant. */
export async function makeUser(
  database: Database,
  tenantId?: Id<'tenant'>,
  role: Role = 'owner',
  given: Given<User> = {},
): Promise<User> {
  // Users belong to no tenant.
  const em = database.systemEm();
  const user = em.create(User, { id: newId('user'), email: `${unique('user')}@example.test`, name: 'User', ...given });
  await em.persist(user).flush();
  if (tenantId !== undefined) await em.persist(em.create(Membership, { tenantId, userId: user.id, role })).flush();
  return user;
}

/** An invitation that is open for a day, with the token of its link. */
export async function makeInvitation(database: Database, tenantId: Id<'tenant'>, given: Given<Invitation> = {}) {
  const text = token('nxi');
  const em = database.tenantEm(tenantId);
  const invitation = em.create(Invitation, {
    tenantId,
    id: newId('invitation'),
    email: `${unique('guest')}@example.test`,
    role: 'viewer',
    tokenHash: sha256(text),
    expiresAt: new Date(systemClock.now() + 24 * 3_600_000),
    ...given,
  });
  await em.persist(invitation).flush();
  return { invitation, token: text };
}

export async function makeApiToken(database: Database, tenantId: Id<'tenant'>, given: Given<ApiToken> = {}) {
  const text = token('nxt');
  const em = database.tenantEm(tenantId);
  const apiToken = em.create(ApiToken, {
    tenantId,
    id: newId('apiToken'),
    name: unique('token'),
    tokenHash: sha256(text),
    ...given,
  });
  await em.persist(apiToken).flush();
  return { apiToken, token: text };
}

export async function makeSinkType(database: Database, tenantId: Id<'tenant'>, given: Given<SinkType> = {}) {
  const em = database.tenantEm(tenantId);
  const sinkType = em.create(SinkType, {
    tenantId,
    id: newId('sinkType'),
    name: unique('type'),
    runtime: 'PYTHON',
    ...given,
  });
  await em.persist(sinkType).flush();
  return sinkType;
}

export async function makeSink(database: Database, sinkType: SinkType, given: Given<Sink> = {}) {
  const text = token('nxs');
  const { tenantId } = sinkType;
  const em = database.tenantEm(tenantId);
  const sink = em.create(Sink, {
    tenantId,
    id: newId('sink'),
    name: unique('sink'),
    sinkTypeId: sinkType.id,
    tokenHash: sha256(text),
    slots: 4,
    ...given,
  });
  await em.persist(sink).flush();
  return { sink, token: text };
}

/** A join token that lets one sink in within half an hour, with its text. */
export async function makeJoinToken(database: Database, sinkType: SinkType, given: Given<JoinToken> = {}) {
  const text = token('nxj');
  const { tenantId, id: sinkTypeId } = sinkType;
  const em = database.tenantEm(tenantId);
  const joinToken = em.create(JoinToken, {
    tenantId,
    id: newId('joinToken'),
    tokenHash: sha256(text),
    hint: text.slice(-4),
    sinkTypeId,
    uses: 1,
    usesLeft: 1,
    expiresAt: new Date(systemClock.now() + 30 * 60_000),
    ...given,
  });
  await em.persist(joinToken).flush();
  return { joinToken, token: text };
}

export async function makeAction(database: Database, tenantId: Id<'tenant'>, given: Given<Action> = {}) {
  const em = database.tenantEm(tenantId);
  const action = em.create(Action, {
    tenantId,
    id: newId('action'),
    name: unique('action'),
    module: 'hello.greet',
    ...given,
  });
  await em.persist(action).flush();
  return action;
}

export async function makeEventType(
  database: Database,
  parents: { sinkType: SinkType; action: Action },
  given: Given<EventType> = {},
) {
  const { tenantId } = parents.sinkType;
  const em = database.tenantEm(tenantId);
  const eventType = em.create(EventType, {
    tenantId,
    id: newId('eventType'),
    name: unique('event-type'),
    sinkTypeId: parents.sinkType.id,
    actionId: parents.action.id,
    ...given,
  });
  await em.persist(eventType).flush();
  return eventType;
}

/** A parameter of an event type or of an action. A STATIC value is JSON text. */
export async function makeParameter(
  database: Database,
  owner: EventType | Action,
  given: Pick<Parameter, 'key' | 'kind' | 'value'>,
) {
  const { tenantId } = owner;
  const em = database.tenantEm(tenantId);
  const of = 'actionId' in owner ? { eventTypeId: owner.id } : { actionId: owner.id };
  const parameter = em.create(Parameter, { tenantId, id: newId('parameter'), ...of, ...given });
  await em.persist(parameter).flush();
  return parameter;
}

/** A webhook source that fires the event type. */
export async function makeSource(database: Database, eventType: EventType, given: Given<Source> = {}) {
  const key = sourceKey();
  const { tenantId } = eventType;
  const em = database.tenantEm(tenantId);
  const source = em.create(Source, {
    tenantId,
    id: newId('source'),
    name: unique('source'),
    kind: 'WEBHOOK',
    keyHash: sha256(key),
    keyHint: key.slice(-4),
    eventTypeId: eventType.id,
    ...given,
  });
  await em.persist(source).flush();
  return { source, key };
}

/** A schedule of the event type, switched off. */
export async function makeSchedule(database: Database, eventType: EventType, given: Given<Schedule> = {}) {
  const { tenantId } = eventType;
  const em = database.tenantEm(tenantId);
  const schedule = em.create(Schedule, {
    tenantId,
    id: newId('schedule'),
    name: unique('schedule'),
    eventTypeId: eventType.id,
    cron: '0 9 * * 1-5',
    timeZone: 'Europe/Berlin',
    ...given,
  });
  await em.persist(schedule).flush();
  return schedule;
}

/** A name in the tenant's Secrets store. */
export async function makeSecret(database: Database, tenantId: Id<'tenant'>, given: Given<Secret> = {}) {
  const em = database.tenantEm(tenantId);
  const name = unique('SECRET').replaceAll('-', '_');
  const secret = em.create(Secret, { tenantId, id: newId('secret'), name, ...given });
  await em.persist(secret).flush();
  return secret;
}

/** Everything that a webhook needs to become a running event, in a tenant of its own. */
export async function makePipeline(
  database: Database,
  given: {
    eventType?: Given<EventType>;
    action?: Given<Action>;
    sinkType?: Given<SinkType>;
    source?: Given<Source>;
  } = {},
) {
  const tenant = await makeTenant(database);
  const sinkType = await makeSinkType(database, tenant.id, given.sinkType);
  const { sink, token: sinkToken } = await makeSink(database, sinkType);
  const action = await makeAction(database, tenant.id, given.action);
  const eventType = await makeEventType(database, { sinkType, action }, given.eventType);
  const { source, key: webhookKey } = await makeSource(database, eventType, given.source);
  const { token: apiToken } = await makeApiToken(database, tenant.id);
  const { invitation } = await makeInvitation(database, tenant.id);
  return { tenant, sinkType, sink, sinkToken, action, eventType, source, webhookKey, apiToken, invitation };
}
