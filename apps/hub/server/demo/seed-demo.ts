import { systemClock } from '@nexomatic/clock';
import { type Id, newId } from '@nexomatic/contracts/id';
import { type Database, openDatabase } from '@nexomatic/db/database';
import { ApiToken } from '@nexomatic/db/entities/api-token';
import { Membership } from '@nexomatic/db/entities/membership';
import { Sink } from '@nexomatic/db/entities/sink';
import { Source } from '@nexomatic/db/entities/source';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { User } from '@nexomatic/db/entities/user';
import type { EntityManager } from '@nexomatic/db/query';
import type { Logger } from '@nexomatic/logger';
import { createLoginLink } from '../auth/create-login-link.ts';
import { hashToken, newSourceKey, newToken } from '../auth/tokens.ts';
import type { HubEnv } from '../env.ts';
import { type Keyring, openKeyring } from '../keyring/keyring.ts';
import { schedulerSource } from '../schedules/scheduler-source.ts';
import { keyColumns } from '../sources/source-key.ts';
import { type DemoCredentials, readCredentials, writeCredentials } from './credentials-file.ts';
import { type DemoDefinitions, seedDefinitions, seedSigning } from './demo-definitions.ts';
import { seedSchedule } from './seed-schedule.ts';
import { seedSecret } from './seed-secret.ts';

const demoSlug = 'demo';

export interface SeededDemo extends DemoCredentials {
  tenantId: Id<'tenant'>;
  /** For `/login?token=…`; a new one at each seeding. */
  loginToken: string;
}

/**
 * Makes a tenant with a pipeline that runs: what is there is left alone, what is missing is made, and the credentials in
 * the file open it afterwards, whatever the database knew before.
 */
export async function seedDemo(options: { env: HubEnv; logger: Logger; credentialsFile: string }): Promise<SeededDemo> {
  const { env, logger, credentialsFile } = options;
  const db = await openDatabase({ url: env.databaseUrl, logger, connections: 2 });
  try {
    return await seed({ db, keyring: await openKeyring(env.keyring) }, credentialsFile);
  } finally {
    await db.close();
  }
}

async function seed({ db, keyring }: { db: Database; keyring: Keyring }, credentialsFile: string): Promise<SeededDemo> {
  const given = (await readCredentials(credentialsFile)) ?? {
    tenant: demoSlug,
    apiToken: newToken('apiToken'),
    webhookKey: newSourceKey(),
    sinkId: newId('sink'),
    sinkToken: newToken('sink'),
  };
  const { tenantId, userId } = await seedTenant(db);
  // All or nothing: half a pipeline would be taken for one that somebody edited.
  const credentials = await db.tenantEm(tenantId).transactional(async (em) => {
    const definitions = await seedDefinitions(em, tenantId);
    await seedSigning(em, tenantId, definitions.sinkTypeId);
    await seedApiToken(em, tenantId, given.apiToken);
    await seedSource(em, tenantId, definitions, given.webhookKey);
    await seedSchedule(em, tenantId, definitions.receivedId);
    return { ...given, sinkId: await seedSink(em, tenantId, definitions, given) };
  });
  await schedulerSource(db, tenantId);
  await seedSecret({ db, keyring }, tenantId);
  await writeCredentials(credentialsFile, credentials);
  const loginToken = await createLoginLink({ db, clock: systemClock }, userId);
  return { ...credentials, tenantId, loginToken };
}

async function seedTenant(db: Database): Promise<{ tenantId: Id<'tenant'>; userId: Id<'user'> }> {
  // The tenant and its owner are made before there is a tenant to speak for.
  const em = db.systemEm();
  const email = 'admin@demo.local';
  const tenant =
    (await em.findOne(Tenant, { slug: demoSlug })) ??
    em.create(Tenant, { id: newId('tenant'), slug: demoSlug, name: 'Demo' });
  const user = (await em.findOne(User, { email })) ?? em.create(User, { id: newId('user'), email, name: 'Demo Admin' });
  // So that the pages of the instance can be seen here too. There is no password: the printed link signs in.
  user.instanceAdmin = true;
  await em.persist([tenant, user]).flush();
  const pair = { tenantId: tenant.id, userId: user.id };
  if (!(await em.findOne(Membership, pair))) {
    await em.persist(em.create(Membership, { ...pair, role: 'owner' })).flush();
  }
  return pair;
}

async function seedApiToken(em: EntityManager, tenantId: Id<'tenant'>, token: string): Promise<void> {
  const tokenHash = hashToken(token);
  if (await em.findOne(ApiToken, { tokenHash })) return;
  em.persist(em.create(ApiToken, { tenantId, id: newId('apiToken'), name: 'demo', tokenHash }));
}

async function seedSource(
  em: EntityManager,
  tenantId: Id<'tenant'>,
  { receivedId }: DemoDefinitions,
  webhookKey: string,
): Promise<void> {
  const source =
    (await em.findOne(Source, { name: 'hello' })) ??
    em.create(Source, { tenantId, id: newId('source'), name: 'hello', kind: 'WEBHOOK', eventTypeId: receivedId });
  Object.assign(source, keyColumns(webhookKey));
  em.persist(source);
}

async function seedSink(
  em: EntityManager,
  tenantId: Id<'tenant'>,
  { sinkTypeId }: DemoDefinitions,
  { sinkId, sinkToken }: DemoCredentials,
): Promise<Id<'sink'>> {
  const tokenHash = hashToken(sinkToken);
  const sink =
    (await em.findOne(Sink, { name: 'demo-sink' })) ??
    em.create(Sink, { tenantId, id: sinkId as Id<'sink'>, name: 'demo-sink', sinkTypeId, tokenHash, slots: 4 });
  sink.tokenHash = tokenHash;
  em.persist(sink);
  return sink.id;
}
