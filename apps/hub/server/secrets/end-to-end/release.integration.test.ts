import type { Id } from '@nexomatic/contracts/id';
import { readRelease } from '@nexomatic/contracts/release-box';
import type { ReleaseOutcome } from '@nexomatic/contracts/sink-protocol';
import { AuditEntry } from '@nexomatic/db/entities/audit-entry';
import { SecretBox } from '@nexomatic/db/entities/secret-box';
import { noble } from '@nexomatic/sealing/noble';
import { openSecret } from '@nexomatic/sealing/secret-box';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, test } from 'vitest';
import { openTestHub } from '../../testing/open-test-hub.ts';
import { keyOf } from '../released-values.ts';
import { joinTestSink } from '../testing/join-test-sink.ts';
import { putEndToEnd } from '../testing/put-end-to-end.ts';
import { putSecret } from '../testing/put-secret.ts';

const database = await testDatabase();
const hub = await openTestHub({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => hub.close());
const { services, tenantId } = hub;
const origin = { remoteAddress: '192.0.2.1', requestId: 'req-1' };

const one = await joinTestSink(hub, 'one');
const two = await joinTestSink(hub, 'two');
const three = await joinTestSink(hub, 'three');

async function eventWith(name: string, secrets: Record<string, string>): Promise<Id<'event'>> {
  const parameters = Object.entries(secrets).map(([key, value]) => ({ key, kind: 'SECRET' as const, value }));
  return hub.fire(await hub.addEventType(name, { parameters }));
}
async function release(eventId: Id<'event'>, by = one.identity): Promise<ReleaseOutcome> {
  const [outcome] = await services.releaseSecrets(by, [{ eventId, attempt: 1 }], origin);
  if (!outcome) throw new Error('one attempt was asked for');
  return outcome;
}
const bytes = (base64: string) => Buffer.from(base64, 'base64');

test('a sink gets its own box beside what the hub can open, once, and each use is in the audit log', async () => {
  await putEndToEnd(services, tenantId, { name: 'OWN', value: 'never seen', sinks: [one.to, two.to] });
  await putSecret(services, tenantId, { name: 'SHARED', value: 'seen by the hub' });
  const eventId = await eventWith('both', { own: 'OWN', shared: 'SHARED' });
  expect(await hub.claim(eventId, 1, two.identity)).toMatchObject({
    secrets: [
      { key: 'own', name: 'OWN', version: 1 },
      { key: 'shared', name: 'SHARED', version: 1 },
    ],
  });
  const outcome = await release(eventId, two.identity);
  if (outcome.outcome !== 'released') throw new Error(outcome.message);
  const released = readRelease(noble.open(bytes(outcome.box), two.pair) ?? new Uint8Array());
  expect(released?.secrets.map(({ key }) => key)).toEqual(['shared']);
  expect(outcome.sealed?.map(({ key }) => key)).toEqual(['own']);
  expect(openSecret(noble, two.pair, bytes(outcome.sealed?.[0]?.box ?? ''))).toEqual({
    ...{ tenant: tenantId, name: 'OWN', version: 1 },
    value: new TextEncoder().encode('never seen'),
  });
  expect(await release(eventId, two.identity)).toMatchObject({ outcome: 'refused', reason: 'already_released' });
  const entries = await services.db.tenantEm(tenantId).find(AuditEntry, {}, { orderBy: { id: 'asc' } });
  const told = entries.filter(({ after }) => String(after).includes(eventId));
  expect(told.map(({ action, objectName }) => `${action} ${objectName}`).sort()).toEqual([
    'secret.release_refused two',
    'secret.released OWN',
    'secret.released SHARED',
  ]);
});

test('the hub knows only those values for its own masking that it can open', async () => {
  const eventId = await eventWith('masked', { own: 'OWN', shared: 'SHARED' });
  await hub.claim(eventId, 1, one.identity);
  await release(eventId);
  const ref = { eventId, attempt: 1 };
  const values = (await services.releasedValues.of(tenantId, [ref])).get(keyOf(ref));
  expect(values?.map((value) => Buffer.from(value).toString())).toEqual(['seen by the hub']);
});

test('an event that comes to a sink without the value ends before any code runs, and says which sinks have it', async () => {
  const eventId = await eventWith('elsewhere', { own: 'OWN' });
  const refusal = {
    reason: 'secret_not_granted',
    message: 'parameter "own": the secret "OWN" is end-to-end, and only the sinks one, two can open it',
  };
  const [outcome] = await services.claimAttempts(three.identity, [{ eventId, attempt: 1 }]);
  expect(outcome).toEqual({ outcome: 'refused', eventId, attempt: 1, ...refusal });
  expect(await hub.event(eventId)).toMatchObject({ state: 'ERROR', ...refusal });
});

test('an event whose secret is lost ends before any code runs, and says what to do', async () => {
  const secretId = await putEndToEnd(services, tenantId, { name: 'LOST', value: 'gone', sinks: [one.to] });
  await services.db.tenantEm(tenantId).nativeDelete(SecretBox, { secretId });
  const eventId = await eventWith('lost', { own: 'LOST' });
  const [outcome] = await services.claimAttempts(one.identity, [{ eventId, attempt: 1 }]);
  expect(outcome).toMatchObject({
    reason: 'secret_missing',
    message: 'parameter "own": no sink has the value of the secret "LOST" any more; set it again',
  });
});

test('a value that was set anew, or taken from the sink, between claim and release is not given out', async () => {
  const secretId = await putEndToEnd(services, tenantId, { name: 'MOVING', value: 'first', sinks: [one.to] });
  const before = await eventWith('moving', { own: 'MOVING' });
  await hub.claim(before, 1, one.identity);
  await putEndToEnd(services, tenantId, { name: 'MOVING', value: 'second' });
  expect(await release(before)).toMatchObject({ outcome: 'refused', reason: 'changed' });
  const after = await eventWith('moved', { own: 'MOVING' });
  await hub.claim(after, 1, one.identity);
  await services.db.tenantEm(tenantId).nativeDelete(SecretBox, { secretId });
  expect(await release(after)).toMatchObject({ outcome: 'refused', reason: 'changed' });
});
