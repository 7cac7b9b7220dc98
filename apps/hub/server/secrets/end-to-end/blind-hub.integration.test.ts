import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { TenantKey } from '@nexomatic/db/entities/tenant-key';
import { noble } from '@nexomatic/sealing/noble';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, test } from 'vitest';
import { openKeyring } from '../../keyring/keyring.ts';
import { keyContext } from '../../keyring/tenant-keys.ts';
import { testKeyringKeys } from '../../keyring/testing/test-keyring.ts';
import { openTestHub } from '../../testing/open-test-hub.ts';
import { joinTestSink } from '../testing/join-test-sink.ts';
import { putEndToEnd } from '../testing/put-end-to-end.ts';
import { putSecret } from '../testing/put-secret.ts';

/** Whoever has the hub's root keyring and its whole database tries to read what is end-to-end. */
const database = await testDatabase();
const hub = await openTestHub({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => hub.close());
const { services, tenantId } = hub;
const keyBytes = 32;

/** Every cell of every table that holds bytes. */
async function everyCell(): Promise<Uint8Array[]> {
  const tables = await database.sql.query<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  const cells: Uint8Array[] = [];
  for (const { name } of tables) {
    for (const row of await database.sql.query<Record<string, unknown>>(`SELECT * FROM \`${name}\``)) {
      cells.push(...Object.values(row).filter((cell) => cell instanceof Uint8Array));
    }
  }
  return cells;
}

/** The purposes that the hub derives keys of its keyring for, as its code names them. */
function purposes(): string[] {
  const folder = path.resolve(import.meta.dirname, '../..');
  const files = globSync('**/*.ts', { cwd: folder }).filter((file) => !file.includes('.test.'));
  return files.flatMap((file) =>
    [...readFileSync(path.join(folder, file), 'utf8').matchAll(/\bderive\('([^']+)'\)/g)].flatMap(
      ([, name]) => name ?? [],
    ),
  );
}

/** All that could be a key: of the keyring, made from it, opened by it, or anywhere in the database. */
async function everyKey(): Promise<Uint8Array[]> {
  const keyring = await openKeyring(testKeyringKeys);
  const tenantKeys = await services.db.tenantEm(tenantId).find(TenantKey, {});
  const unwrapped = tenantKeys.map((row) => keyring.unwrap(row.privateKey, keyContext(tenantId, row.id)));
  expect(unwrapped.length).toBeGreaterThan(0);
  const derived = purposes().flatMap((purpose) => keyring.derive(purpose));
  expect(derived.length).toBeGreaterThan(3);
  const stored = (await everyCell()).filter((cell) => cell.length === keyBytes);
  return [...testKeyringKeys, ...unwrapped, ...derived, ...stored];
}

/** The keys that open a box, whether as the private half of a pair or as they are. */
const openedBy = (box: Uint8Array, keys: Uint8Array[]): Uint8Array[] =>
  keys.filter((key) => noble.open(box, noble.pairOf(key)) !== null || noble.unwrap(box, key, '') !== null);

test('neither the root keyring nor anything in the database opens what is sealed to sinks; the sink’s own key does', async () => {
  const sink = await joinTestSink(hub, 'machine');
  const value = 'not for the hub, whoever has it';
  await putEndToEnd(services, tenantId, { name: 'BLIND', value, sinks: [sink.to] });
  await putSecret(services, tenantId, { name: 'SEEN', value: 'for the hub as well' });
  const keys = await everyKey();

  const cells = await everyCell();
  const [row] = await database.sql.query<{ box: Buffer }>('SELECT box FROM secret_boxes');
  const [seen] = await database.sql.query<{ box: Buffer }>('SELECT box FROM secret_values WHERE box IS NOT NULL');
  const box = row?.box ?? Buffer.of();
  expect(openedBy(box, keys)).toEqual([]);
  // The same attempt opens what is not end-to-end, and the sink's key what is.
  expect(openedBy(seen?.box ?? Buffer.of(), keys)).toHaveLength(1);
  expect(openedBy(box, [sink.pair.privateKey])).toHaveLength(1);
  // Of the value there is that box, and nothing else.
  expect(cells.filter((cell) => cell.length >= box.length && Buffer.from(cell).includes(box))).toHaveLength(1);
  const forms = ['utf8', 'base64', 'hex'] as const;
  const needles = forms.map((form) => Buffer.from(Buffer.from(value).toString(form)));
  expect(cells.filter((cell) => needles.some((needle) => Buffer.from(cell).includes(needle)))).toEqual([]);
  expect(cells.filter((cell) => Buffer.from(cell).includes(Buffer.from(sink.pair.privateKey)))).toEqual([]);
});
