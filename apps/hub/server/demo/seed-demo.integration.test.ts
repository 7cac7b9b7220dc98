import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@nexomatic/clock';
import { findEventType, findSinkByTokenHash, findSourceByKeyHash } from '@nexomatic/db/ledger/definitions';
import { silentLogger } from '@nexomatic/logger';
import { testDatabase } from '@nexomatic/testkit/database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSession } from '../auth/read-session.ts';
import { signInByLink } from '../auth/sign-in-by-link.ts';
import { testVisitor } from '../auth/testing/visitor.ts';
import { hashToken } from '../auth/tokens.ts';
import type { HubEnv } from '../env.ts';
import { testKeyringKeys } from '../keyring/testing/test-keyring.ts';
import { type SeededDemo, seedDemo } from './seed-demo.ts';

const database = await testDatabase();
const folder = await mkdtemp(join(tmpdir(), 'nexomatic-demo-'));
afterAll(() => rm(folder, { recursive: true }));

const file = join(folder, 'demo.json');
const seed = (credentialsFile = file): Promise<SeededDemo> =>
  seedDemo({
    env: { databaseUrl: database.url, keyring: testKeyringKeys } as HubEnv,
    logger: silentLogger,
    credentialsFile,
  });

async function rowCounts(): Promise<Record<string, number>> {
  const tables = [
    'tenants',
    'users',
    'memberships',
    'api_tokens',
    'sink_types',
    'sinks',
    'actions',
    'event_types',
    'parameters',
    'sources',
    'schedules',
    'secrets',
    'secret_values',
  ];
  const counts = tables.map(async (table) => {
    const [row] = await database.sql.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`);
    return [table, Number(row?.n)] as const;
  });
  return Object.fromEntries(await Promise.all(counts));
}

describe('the first seeding', () => {
  let demo: SeededDemo;
  beforeAll(async () => {
    demo = await seed();
  });

  test('makes the pipeline: a webhook that fires a greeting, with a follow-on for either outcome', async () => {
    const source = await findSourceByKeyHash(database.sql, hashToken(demo.webhookKey));
    const received = await findEventType(database.sql, demo.tenantId, { name: 'hello.received' });
    const notify = await findEventType(database.sql, demo.tenantId, { name: 'hello.notify' });
    const alert = await findEventType(database.sql, demo.tenantId, { name: 'hello.alert' });
    expect(source).toMatchObject({ name: 'hello', kind: 'WEBHOOK', enabled: true, eventTypeId: received?.id });
    expect(received).toMatchObject({
      module: 'hello.greet',
      sinkTypeName: 'PYTHON',
      onSuccessId: notify?.id,
      onFailureId: alert?.id,
      parameters: [
        { key: 'greeting', kind: 'STATIC', origin: 'event_type', value: '"Hello"' },
        { key: 'name', kind: 'DATA', origin: 'event_type', value: 'name' },
      ],
    });
    expect(notify).toMatchObject({ module: 'hello.notify', onSuccessId: null, onFailureId: null });
    expect(alert).toMatchObject({ module: 'hello.alert', onSuccessId: null, onFailureId: null });
  });

  test('makes an event type that uses a secret, whose value was drawn and is nobody else’s', async () => {
    const signing = await findEventType(database.sql, demo.tenantId, { name: 'hello.sign' });
    expect(signing?.parameters).toEqual([
      { key: 'signing_key', kind: 'SECRET', origin: 'event_type', value: 'DEMO_SIGNING_KEY' },
    ]);
    const secrets = await database.sql.query('SELECT name, value_version, size, short FROM secrets');
    expect(secrets).toEqual([{ name: 'DEMO_SIGNING_KEY', value_version: 1, size: 43, short: 0 }]);
  });

  test('makes a schedule that is switched off, and the source that schedules fire as', async () => {
    const schedules = await database.sql.query('SELECT name, cron, enabled, next_due_at FROM schedules');
    expect(schedules).toEqual([{ name: 'hello-every-minute', cron: '* * * * *', enabled: 0, next_due_at: null }]);
    expect(await database.sql.query("SELECT name FROM sources WHERE kind = 'SCHEDULER'")).toEqual([
      { name: 'scheduler' },
    ]);
  });

  test('makes every definition in its first version, so that later ones are changes of somebody', async () => {
    const versions = await database.sql.query('SELECT version FROM actions UNION SELECT version FROM event_types');
    expect(versions).toEqual([{ version: 1 }]);
  });

  test('gives a sink token that opens the sink it names', async () => {
    expect(await findSinkByTokenHash(database.sql, hashToken(demo.sinkToken))).toMatchObject({
      sink: { tenantId: demo.tenantId, sinkId: demo.sinkId, name: 'demo-sink' },
    });
  });

  test('keeps the credentials, and not the login token, in a file for its owner alone', async () => {
    const { tenantId, loginToken, ...credentials } = demo;
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(credentials);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(tenantId).toMatch(/^ten_/);
    expect(loginToken).toMatch(/^nxl_/);
  });

  test('makes an owner, who administers the instance and has no password, and whom the login token signs in', async () => {
    const deps = { db: database, clock: systemClock };
    const sessionToken = (await signInByLink(deps, demo.loginToken, testVisitor)) ?? '';
    const principal = await readSession(deps, sessionToken, 'demo');
    expect(principal).toMatchObject({ member: { slug: 'demo', role: 'owner' }, instanceAdmin: true });
    expect(await database.sql.query('SELECT password_hash FROM users')).toEqual([{ password_hash: null }]);
  });
});

test('seeding again changes nothing but the login token', async () => {
  const first = await seed();
  const before = await rowCounts();
  const second = await seed();
  expect(await rowCounts()).toEqual(before);
  expect({ ...second, loginToken: '' }).toEqual({ ...first, loginToken: '' });
  expect(second.loginToken).not.toBe(first.loginToken);
});

test('what somebody edited stays', async () => {
  await seed();
  await database.sql.run("UPDATE event_types SET max_attempts = 7 WHERE name = 'hello.received'");
  const { tenantId } = await seed();
  expect((await findEventType(database.sql, tenantId, { name: 'hello.received' }))?.maxAttempts).toBe(7);
});

test('without its file the demo gets new credentials for the same sink and webhook', async () => {
  const first = await seed();
  const second = await seed(join(folder, 'other.json'));
  expect(second.sinkId).toBe(first.sinkId);
  expect(await findSourceByKeyHash(database.sql, hashToken(first.webhookKey))).toBeNull();
  expect(await findSourceByKeyHash(database.sql, hashToken(second.webhookKey))).toMatchObject({ name: 'hello' });
  expect(await findSinkByTokenHash(database.sql, hashToken(second.sinkToken))).toMatchObject({
    sink: { sinkId: first.sinkId },
  });
});

test('on a new database the credentials of the file open the demo again', async () => {
  const first = await seed();
  const fresh = await testDatabase();
  const again = await seedDemo({
    env: { databaseUrl: fresh.url, keyring: testKeyringKeys } as HubEnv,
    logger: silentLogger,
    credentialsFile: file,
  });
  expect(again).toMatchObject({ apiToken: first.apiToken, sinkId: first.sinkId, sinkToken: first.sinkToken });
  expect(await findSinkByTokenHash(fresh.sql, hashToken(first.sinkToken))).toMatchObject({
    sink: { sinkId: first.sinkId },
  });
});

test('a file that holds something else is left alone and named', async () => {
  const other = join(folder, 'notes.json');
  await writeFile(other, '{"shopping":"list"}');
  await expect(seed(other)).rejects.toThrow(`${other} does not hold credentials of the demo`);
  expect(await readFile(other, 'utf8')).toBe('{"shopping":"list"}');
});
