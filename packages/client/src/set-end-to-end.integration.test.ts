import { idToBytes } from '@nexomatic/contracts/id';
import { openTestWeb } from '@nexomatic/hub/http/testing/open-test-web';
import { makeKeyedSink } from '@nexomatic/hub/server/secrets/testing/keyed-sink';
import { keyFingerprint } from '@nexomatic/sealing/key-fingerprint';
import { noble } from '@nexomatic/sealing/noble';
import { openSecret } from '@nexomatic/sealing/secret-box';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createNexomatic, type Nexomatic } from './nexomatic.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());

let pipeline: Awaited<ReturnType<typeof makePipeline>>;
let hub: Nexomatic;
let one: Awaited<ReturnType<typeof makeKeyedSink>>;
let two: typeof one;
beforeEach(async () => {
  pipeline = await makePipeline(database);
  hub = createNexomatic({ url: web.baseUrl, token: pipeline.apiToken });
  one = await makeKeyedSink(database, pipeline.sinkType, { name: 'one' });
  two = await makeKeyedSink(database, pipeline.sinkType, { name: 'two' });
});

/** What that sink reads of the secret. */
async function readBy(sink: typeof one, secretId: string): Promise<string | undefined> {
  const [row] = await web.services.sql.query<{ box: Buffer }>(
    'SELECT box FROM secret_boxes WHERE secret_id = ? AND sink_id = ?',
    [idToBytes(secretId), idToBytes(sink.id)],
  );
  const opened = row && openSecret(noble, sink.pair, row.box);
  return opened ? new TextDecoder().decode(opened.value) : undefined;
}

test('a secret is made for sinks that alone can read it, and its next values go to the same ones', async () => {
  const made = await hub.secrets.set('KEY', 'the first', { sinks: ['one', 'two'] });
  expect(made).toMatchObject({ endToEnd: true, valueVersion: 1, sinks: [{ name: 'one' }, { name: 'two' }] });
  expect([await readBy(one, made.id), await readBy(two, made.id)]).toEqual(['the first', 'the first']);
  expect(await hub.secrets.set('KEY', 'the second')).toMatchObject({ endToEnd: true, valueVersion: 2 });
  expect([await readBy(one, made.id), await readBy(two, made.id)]).toEqual(['the second', 'the second']);
});

test('a fingerprint that was compared is held to, and nothing is sealed to another key', async () => {
  const fingerprint = keyFingerprint(one.pair.publicKey);
  const made = await hub.secrets.set('KEY', 'the first', { sinks: [{ name: 'one', fingerprint }] });
  expect(await readBy(one, made.id)).toBe('the first');
  const other = { name: 'two', fingerprint };
  await expect(hub.secrets.set('OTHER', 'never sealed', { sinks: [other] })).rejects.toMatchObject({
    code: 'seal_key_changed',
    message: `The hub tells another key of the sink two than the one with the fingerprint ${fingerprint}: nothing was sealed.`,
  });
  const key = Buffer.alloc(32, 9);
  const change =
    'UPDATE secret_boxes b JOIN sinks s ON s.id = b.sink_id SET s.box_key = ?, b.box_key = ? WHERE s.id = ?';
  await web.services.sql.run(change, [key, key, idToBytes(one.id)]);
  await expect(hub.secrets.set('KEY', 'the second', { sinks: [{ name: 'one', fingerprint }] })).rejects.toThrow(
    'The hub tells another key of the sink one',
  );
});

test('sinks that it is not granted to, or that have no keys, are refused by name', async () => {
  await hub.secrets.set('KEY', 'the first', { sinks: ['one'] });
  await expect(hub.secrets.set('KEY', 'the second', { sinks: ['two'] })).rejects.toThrow('It is granted to one;');
  await expect(hub.secrets.set('NEW', 'x', { sinks: ['three'] })).rejects.toMatchObject({ code: 'not_found' });
  const { name } = pipeline.sink;
  await expect(hub.secrets.set('NEW', 'x', { sinks: [name] })).rejects.toThrow(
    `The sink ${name} has no keys of its own`,
  );
  await hub.secrets.set('HUBS', 'the first');
  await expect(hub.secrets.set('HUBS', 'the second', { sinks: ['one'] })).rejects.toThrow(
    'The secret HUBS is not end-to-end, which does not change',
  );
});
