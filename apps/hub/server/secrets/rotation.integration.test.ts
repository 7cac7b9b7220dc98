import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { idToBytes, newId } from '@nexomatic/contracts/id';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Secret } from '@nexomatic/db/entities/secret';
import { SecretValue } from '@nexomatic/db/entities/secret-value';
import { SourceSecret } from '@nexomatic/db/entities/source-secret';
import { countByRootKey } from '@nexomatic/db/ledger/key-rotation';
import { silentLogger } from '@nexomatic/logger';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeSource } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { checkFingerprint } from '../keyring/check-fingerprint.ts';
import { openKeyring } from '../keyring/keyring.ts';
import { rewrap } from '../keyring/rewrap.ts';
import { listTenantKeys, rotateTenantKey } from '../keyring/rotate-tenant-key.ts';
import { createTenantKeys } from '../keyring/tenant-keys.ts';
import { testKeyring, testKeyringKeys } from '../keyring/testing/test-keyring.ts';
import { secretContext } from '../sources/source-definition.ts';
import { openTestHub } from '../testing/open-test-hub.ts';
import { resealValues } from './reseal-values.ts';
import { sealFor } from './testing/seal-for.ts';

const database = await testDatabase();
const hub = await openTestHub({ databaseUrl: database.url, redisUrl: await testRedis() });
const { services, tenantId } = hub;
const { db, sql } = services;
afterAll(() => hub.close());

const count = 1_000;
const textOf = (name: string) => `the value of ${name}`;
const names = Array.from({ length: count }, (_, i) => `SECRET_${i}`);

const rotators: ChildProcess[] = [];
/** A process that rotates; ended at the end of the test, if it was not killed in it. */
function startRotator(keys: string): ChildProcess {
  const program = join(import.meta.dirname, 'testing/rotate-for-ever.ts');
  const child = spawn(process.execPath, [program, database.url, keys], { stdio: ['ignore', 'ignore', 'inherit'] });
  rotators.push(child);
  return child;
}
async function killNow(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
afterEach(() => Promise.all(rotators.splice(0).map(killNow)));

async function keepThousand(): Promise<void> {
  const em = db.tenantEm(tenantId);
  const secrets = names.map((name) =>
    em.create(Secret, { tenantId, id: newId('secret'), name, valueVersion: 1, lastValueVersion: 1 }),
  );
  await em.persist(secrets).flush();
  for (const { id: secretId, name } of secrets) {
    const { keyId, box } = await sealFor(services, tenantId, name, textOf(name));
    const facts = { size: textOf(name).length, short: false, createdBy: 'test' };
    em.persist(
      em.create(SecretValue, { tenantId, secretId, version: 1, keyId, box: Buffer.from(box, 'base64'), ...facts }),
    );
  }
  await em.flush();
}

/** Reads every value as a release does, with what this hub holds; gives how many do not open. */
async function unreadable(tenantKeys = services.tenantKeys): Promise<string[]> {
  const em = db.tenantEm(tenantId);
  const secrets = new Map((await em.find(Secret, {})).map(({ id, name }) => [id, name]));
  const bad: string[] = [];
  for (const { secretId, version, keyId, box } of await em.find(SecretValue, { box: { $ne: null } })) {
    const name = secrets.get(secretId) ?? '';
    if (!(keyId && box)) throw new Error('a value without its key');
    const value = await tenantKeys.openValue(tenantId, { name, version }, { keyId, box });
    if (!value || new TextDecoder().decode(value) !== textOf(name)) bad.push(name);
  }
  return bad;
}

await keepThousand();

describe('another key of a tenant', () => {
  it('takes over a thousand values while they are read, whenever the process that moves them is killed', async () => {
    const [old] = (await listTenantKeys(services, tenantId)).keys;
    expect(old?.values).toBe(count);
    const fresh = await rotateTenantKey(services, tenantId, systemActor);
    const moved = async () =>
      (await listTenantKeys(services, tenantId)).keys.find(({ id }) => id === fresh.id)?.values ?? 0;
    const bad: string[] = [];
    for (const part of [0.1, 0.5, 0.9]) {
      const rotator = startRotator(testKeyring);
      await waitFor(async () => (await moved()) >= part * count, { what: `${part} to be moved`, timeoutMs: 60_000 });
      await killNow(rotator);
      bad.push(...(await unreadable()));
    }
    startRotator(testKeyring);
    await waitFor(async () => (await moved()) === count, { what: 'all to be moved', timeoutMs: 60_000 });
    expect([...bad, ...(await unreadable())]).toEqual([]);
  });

  it('seals what is set from now on; the one before is refused with the new one, and goes once its time is over', async () => {
    const before = await sealFor(services, tenantId, 'LATE', 'sealed to the one before');
    const fresh = await rotateTenantKey(services, tenantId, systemActor);
    expect((await services.tenantKeys.current(tenantId)).keyId).toBe(fresh.id);
    expect(before.keyId).not.toBe(fresh.id);
    const later = { ...services, clock: { ...services.clock, now: () => services.clock.now() + 11 * 60_000 } };
    while (await resealValues(services));
    expect((await listTenantKeys(services, tenantId)).keys.length).toBeGreaterThan(1);
    await resealValues(later);
    expect((await listTenantKeys(services, tenantId)).keys).toMatchObject([{ id: fresh.id, values: count }]);
    expect(await unreadable()).toEqual([]);
  });

  it('leaves a key that a value still needs, also long after it was retired', async () => {
    const em = db.tenantEm(tenantId);
    const [row] = await em.find(SecretValue, { box: { $ne: null } }, { limit: 1 });
    if (!row) throw new Error('no value');
    const box = row.box;
    // One that nobody can open, as after an accident.
    await em.nativeUpdate(SecretValue, { secretId: row.secretId }, { box: Buffer.from(randomBytes(100)) });
    await rotateTenantKey(services, tenantId, systemActor);
    const later = { ...services, clock: { ...services.clock, now: () => services.clock.now() + 3_600_000 } };
    while (await resealValues(later));
    const { keys } = await listTenantKeys(services, tenantId);
    expect(keys.map(({ values }) => values)).toEqual([count - 1, 1]);
    await em.nativeUpdate(SecretValue, { secretId: row.secretId }, { box });
    while (await resealValues(later));
    expect(await unreadable()).toEqual([]);
  });
});

describe('another root key', () => {
  const next = 'f0e1d2c3b4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff';
  const nextKeys = [Uint8Array.from(Buffer.from(next, 'hex'))];

  it('takes over what the one before has wrapped, which may be dropped only then', async () => {
    const keptAsBefore = Buffer.from('whsec_kept');
    const em = db.tenantEm(tenantId);
    const eventType = await em.findOneOrFail(EventType, { id: await hub.addEventType('wrapped') });
    const { source } = await makeSource(db, eventType);
    const secrets = Array.from({ length: 300 }, (_, i) => {
      const id = newId('sourceSecret');
      const wrapped = Buffer.from(services.keyring.wrap(keptAsBefore, secretContext(tenantId, source.id, id)));
      // Rows from before fingerprints were noted have none.
      const rootFingerprint = i % 2 === 0 ? services.keyring.fingerprint : null;
      return em.create(SourceSecret, { tenantId, id, sourceId: source.id, wrapped, rootFingerprint });
    });
    await em.persist(secrets).flush();

    const both = await openKeyring([...nextKeys, ...testKeyringKeys]);
    await checkFingerprint(sql, [...nextKeys, ...testKeyringKeys]);
    await rewrap({ sql, keyring: both, logger: silentLogger });
    await expect(checkFingerprint(sql, nextKeys)).rejects.toThrow(
      `lacks the key of fingerprint ${services.keyring.fingerprint}`,
    );
    startRotator(`${next}\n${testKeyring}`);
    await waitFor(async () => !(await countByRootKey(sql)).has(services.keyring.fingerprint), {
      what: 'nothing to be wrapped by the key of before',
      timeoutMs: 60_000,
    });

    await waitFor(async () => (await wrappedByOthers()) === 0, {
      what: 'every row to name its key',
      timeoutMs: 60_000,
    });
    await checkFingerprint(sql, nextKeys);
    const alone = await openKeyring(nextKeys);
    expect(await unreadable(await createTenantKeys({ db, keyring: alone }))).toEqual([]);
    for (const { id, wrapped } of await db.tenantEm(tenantId).find(SourceSecret, { sourceId: source.id })) {
      expect(Buffer.from(alone.unwrap(wrapped, secretContext(tenantId, source.id, id)))).toEqual(keptAsBefore);
    }
  });

  const wrappedByOthers = async (): Promise<number> => {
    const [row] = await sql.query<{ n: number }>(
      'SELECT COUNT(*) AS n FROM source_secrets WHERE tenant_id = ? AND root_fingerprint IS NULL',
      [idToBytes(tenantId)],
    );
    return row?.n ?? 0;
  };
});
