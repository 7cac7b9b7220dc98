import { type Id, idToBytes, newId } from '@nexomatic/contracts/id';
import { attemptPurpose, readRelease } from '@nexomatic/contracts/release-box';
import type { ReleaseOutcome } from '@nexomatic/contracts/sink-protocol';
import { AuditEntry } from '@nexomatic/db/entities/audit-entry';
import { Secret } from '@nexomatic/db/entities/secret';
import { Sink } from '@nexomatic/db/entities/sink';
import { noble } from '@nexomatic/sealing/noble';
import type { BoxPair } from '@nexomatic/sealing/sealing';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SinkIdentity } from '../attempts/sink-identity.ts';
import { openTestHub } from '../testing/open-test-hub.ts';
import { keyOf } from './released-values.ts';
import { putSecret } from './testing/put-secret.ts';

const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };
const hub = await openTestHub(urls);
const other = await openTestHub(urls);
afterAll(() => Promise.all([hub.close(), other.close()]));

const { services, tenantId, sink } = hub;
const pair = noble.newPair();
const origin = { remoteAddress: '192.0.2.1', requestId: 'req-1' };

const giveBoxKey = async ({ sinkId }: SinkIdentity, { publicKey }: BoxPair): Promise<void> => {
  await services.db.tenantEm(tenantId).nativeUpdate(Sink, { id: sinkId }, { boxKey: Buffer.from(publicKey) });
};
const release = async (eventId: Id<'event'>, by = sink, attempt = 1): Promise<ReleaseOutcome> => {
  const [outcome] = await services.releaseSecrets(by, [{ eventId, attempt }], origin);
  if (!outcome) throw new Error('one attempt was asked for');
  return outcome;
};
const opened = (outcome: ReleaseOutcome, keys = pair) => {
  if (outcome.outcome !== 'released') throw new Error(`refused: ${outcome.message}`);
  const bytes = noble.open(Buffer.from(outcome.box, 'base64'), keys);
  const read = bytes && readRelease(bytes);
  if (!read) throw new Error('the box does not open');
  const texts = read.secrets.map(({ key, value }) => [key, new TextDecoder().decode(value)]);
  return { ...read, secrets: Object.fromEntries(texts) as Record<string, string> };
};
/** An event that runs with parameters that name these secrets. */
const claimedWith = async (name: string, secrets: Record<string, string>): Promise<Id<'event'>> => {
  const parameters = Object.entries(secrets).map(([key, value]) => ({ key, kind: 'SECRET' as const, value }));
  const eventId = await hub.fire(await hub.addEventType(name, { parameters }));
  await hub.claim(eventId);
  return eventId;
};
const auditOf = async (eventId: Id<'event'>) => {
  const rows = await services.db.tenantEm(tenantId).find(AuditEntry, {}, { orderBy: { id: 'asc' } });
  return rows
    .filter(({ after }) => after?.toString().includes(eventId))
    .map((row) => ({ action: row.action, object: row.objectName, by: row.actorName, after: String(row.after) }));
};

beforeAll(() => giveBoxKey(sink, pair));

describe('claiming an event whose parameters name secrets', () => {
  it('tells the sink which to ask for, and keeps their names and versions but no value', async () => {
    await putSecret(services, tenantId, { name: 'CLAIMED', value: 'claimed-value' });
    const parameters = [
      { key: 'token', kind: 'SECRET' as const, value: 'CLAIMED' },
      { key: 'region', kind: 'STATIC' as const, value: '"north"' },
    ];
    const eventId = await hub.fire(await hub.addEventType('claims', { parameters }));
    const assignment = await hub.claim(eventId);
    expect(assignment).toMatchObject({
      parameters: [{ key: 'region', kind: 'STATIC', json: '"north"' }],
      secrets: [{ key: 'token', name: 'CLAIMED', version: 1 }],
    });
    expect(JSON.stringify(assignment)).not.toContain('claimed-value');
  });

  it.each([
    ['does not exist', 'NOWHERE', 'secret_missing', 'parameter "token": no secret "NOWHERE" is set'],
    ['has no value', 'EMPTY', 'secret_missing', 'parameter "token": no secret "EMPTY" is set'],
    ['is another tenant’s', 'FOREIGN', 'secret_missing', 'parameter "token": no secret "FOREIGN" is set'],
    [
      'is granted to others',
      'GRANTED',
      'secret_not_granted',
      'parameter "token": the secret "GRANTED" is not granted to this event type and its sink type',
    ],
  ])('ends it before any code runs when the secret %s', async (_, name, reason, message) => {
    await putSecret(services, other.tenantId, { name: 'FOREIGN', value: 'not-yours' });
    if (name === 'EMPTY') {
      const em = services.db.tenantEm(tenantId);
      await em.persist(em.create(Secret, { tenantId, id: newId('secret'), name })).flush();
    }
    if (name === 'GRANTED') {
      const grants = { eventTypeIds: [await hub.addEventType('others')], sinkTypeIds: null };
      await putSecret(services, tenantId, { name, value: 'for-others', grants });
    }
    const parameters = [{ key: 'token', kind: 'SECRET' as const, value: name }];
    const eventId = await hub.fire(await hub.addEventType(`refused-${name}`, { parameters }));
    const outcomes = await services.claimAttempts(sink, [{ eventId, attempt: 1 }]);
    expect(outcomes).toEqual([{ outcome: 'refused', eventId, attempt: 1, reason, message }]);
    expect(await hub.event(eventId)).toMatchObject({ state: 'ERROR', reason, message, attempt: 0 });
  });

  it('lets a secret be used by the event type and sink type that it is granted to', async () => {
    const eventTypeId = await hub.addEventType('granted', {
      parameters: [{ key: 'token', kind: 'SECRET', value: 'GIVEN' }],
    });
    const grants = { eventTypeIds: [eventTypeId], sinkTypeIds: [sink.sinkTypeId] };
    await putSecret(services, tenantId, { name: 'GIVEN', value: 'given-value', grants });
    const eventId = await hub.fire(eventTypeId);
    await hub.claim(eventId);
    expect(opened(await release(eventId)).secrets).toEqual({ token: 'given-value' });
  });
});

describe('releasing the secrets of an attempt', () => {
  it('seals them to the sink’s key for that attempt alone, with an audit entry for each, and notes their use', async () => {
    const id = await putSecret(services, tenantId, { name: 'ONE', value: 'first ключ' });
    await putSecret(services, tenantId, { name: 'TWO', value: 'second' });
    const before = await services.db.tenantEm(tenantId).findOneOrFail(Secret, { id });
    const eventId = await claimedWith('releases', { a: 'ONE', b: 'TWO', again: 'ONE' });
    const box = opened(await release(eventId));
    expect(box).toMatchObject({ purpose: `attempt 1 of ${eventId}`, sink: sink.sinkId });
    expect(box.secrets).toEqual({ a: 'first ключ', b: 'second', again: 'first ключ' });
    expect(box.expiresAt - services.clock.now()).toBeGreaterThan(0);
    const audit = await auditOf(eventId);
    expect(audit.map(({ action, object, by }) => [action, object, by])).toEqual(
      ['ONE', 'TWO', 'ONE'].toSorted().map((name) => ['secret.released', name, 'sink test-sink']),
    );
    expect(JSON.stringify(audit)).not.toMatch(/first|second/);
    const used = await waitFor(
      async () => {
        const row = await services.db.tenantEm(tenantId).findOneOrFail(Secret, { id });
        return row.lastUsedAt && row;
      },
      { what: 'the use to be noted' },
    );
    const { version, updatedAt } = before;
    expect({ ...used }).toMatchObject({ lastUsedEventId: eventId, lastUsedSinkId: sink.sinkId, version, updatedAt });
  });

  it('happens once: whoever asks again, at the same time or later, is refused, and that is audited', async () => {
    await putSecret(services, tenantId, { name: 'ONCE', value: 'only-once' });
    const eventId = await claimedWith('once', { token: 'ONCE' });
    const asked = await Promise.all([
      release(eventId),
      release(eventId),
      other.services.releaseSecrets(sink, [{ eventId, attempt: 1 }], origin).then(([outcome]) => outcome),
    ]);
    const refusal = {
      outcome: 'refused',
      reason: 'already_released',
      message: 'the secrets of this attempt were given out before',
    };
    expect(asked.filter((outcome) => outcome?.outcome === 'released')).toHaveLength(1);
    expect(asked.filter((outcome) => outcome?.outcome === 'refused')).toEqual([refusal, refusal]);
    expect(await release(eventId)).toEqual(refusal);
    const audit = await auditOf(eventId);
    expect(audit.filter(({ action }) => action === 'secret.released')).toHaveLength(1);
    expect(audit.filter(({ action }) => action === 'secret.release_refused')).toHaveLength(3);
    expect(audit.find(({ action }) => action === 'secret.release_refused')?.after).toContain('already_released');
  });

  it('is refused for an attempt of another sink, another number, another tenant or none, and that is audited', async () => {
    await putSecret(services, tenantId, { name: 'HELD', value: 'held-value' });
    const eventId = await claimedWith('held', { token: 'HELD' });
    const thief = await hub.addSink('thief');
    await giveBoxKey(thief, pair);
    const asked = [
      await release(eventId, thief),
      await release(eventId, sink, 2),
      (await other.services.releaseSecrets(other.sink, [{ eventId, attempt: 1 }], origin))[0],
      await release(newId('event')),
    ];
    expect(asked.map((outcome) => outcome?.outcome === 'refused' && outcome.reason)).toEqual(
      Array.from({ length: 4 }, () => 'not_held'),
    );
    expect((await auditOf(eventId)).map(({ by, after }) => [by, JSON.parse(after).reason])).toEqual([
      ['sink thief', 'not_held'],
      ['sink test-sink', 'not_held'],
    ]);
    expect(opened(await release(eventId)).secrets).toEqual({ token: 'held-value' });
  });

  it('is refused to a sink that was revoked, though its credential is still remembered', async () => {
    await putSecret(services, tenantId, { name: 'REVOKED', value: 'revoked-value' });
    const revoked = await hub.addSink('revoked');
    await giveBoxKey(revoked, pair);
    const parameters = [{ key: 'token', kind: 'SECRET' as const, value: 'REVOKED' }];
    const eventId = await hub.fire(await hub.addEventType('revoked', { parameters }));
    await hub.claim(eventId, 1, revoked);
    const gone = { signKey: null, boxKey: null, tokenHash: null };
    await services.db.tenantEm(tenantId).nativeUpdate(Sink, { id: revoked.sinkId }, gone);
    expect(await release(eventId, revoked)).toMatchObject({ outcome: 'refused', reason: 'not_held' });
  });

  it.each(['set anew', 'deleted', 'taken from the event type'])(
    'is refused when a secret was %s after the claim; the attempt that follows gets what holds then',
    async (change) => {
      const name = `CHANGED_${change.replaceAll(' ', '_')}`;
      const id = await putSecret(services, tenantId, { name, value: 'before' });
      const eventId = await claimedWith(`changed ${change}`, { token: name });
      const em = services.db.tenantEm(tenantId);
      if (change === 'set anew') await putSecret(services, tenantId, { name, value: 'after' });
      if (change === 'deleted') await em.nativeDelete(Secret, { id });
      if (change === 'taken from the event type') {
        await em.nativeUpdate(Secret, { id }, { grants: '{"eventTypeIds":[],"sinkTypeIds":null}' });
      }
      expect(await release(eventId)).toEqual({
        outcome: 'refused',
        reason: 'changed',
        message: `the secret "${name}" was changed, deleted or not granted any more after the event was claimed`,
      });
      expect(await services.handBack(sink, [{ eventId, attempt: 1, why: 'no_secrets' }])).toEqual(['queued']);
      const [outcome] = await services.claimAttempts(sink, [{ eventId, attempt: 2 }]);
      if (change === 'set anew') expect(opened(await release(eventId, sink, 2)).secrets).toEqual({ token: 'after' });
      else {
        const reason = change === 'deleted' ? 'secret_missing' : 'secret_not_granted';
        expect(outcome).toMatchObject({ outcome: 'refused', reason });
        expect(await hub.event(eventId)).toMatchObject({ state: 'ERROR', reason });
      }
    },
  );

  it('is refused with the secret’s name when the hub’s keyring does not open its value', async () => {
    const id = await putSecret(services, tenantId, { name: 'BROKEN', value: 'broken-value' });
    const eventId = await claimedWith('broken', { token: 'BROKEN' });
    await services.sql.run('UPDATE secret_values SET box = REVERSE(box) WHERE secret_id = ?', [idToBytes(id)]);
    expect(await release(eventId)).toEqual({
      outcome: 'refused',
      reason: 'unreadable',
      message: 'no key of the hub opens the value of the secret "BROKEN"; set it anew',
    });
  });

  it('gives many attempts theirs in one call, each its own box', async () => {
    await putSecret(services, tenantId, { name: 'MANY', value: 'many-values' });
    const parameters = [{ key: 'token', kind: 'SECRET' as const, value: 'MANY' }];
    const eventTypeId = await hub.addEventType('many', { parameters });
    const refs = await Promise.all(
      Array.from({ length: 30 }, async () => ({ eventId: await hub.fire(eventTypeId), attempt: 1 })),
    );
    await services.claimAttempts(sink, refs);
    const outcomes = await services.releaseSecrets(sink, refs, origin);
    expect(outcomes.map((outcome) => opened(outcome).purpose)).toEqual(refs.map(attemptPurpose));
  });
});

describe('the values that an attempt was given', () => {
  it('are known to every hub while the attempt runs, and are empty for attempts without secrets', async () => {
    await putSecret(services, tenantId, { name: 'NEEDLE', value: 'needle-value' });
    const eventId = await claimedWith('needles', { token: 'NEEDLE' });
    const plain = await hub.fire(await hub.addEventType('plain'));
    await hub.claim(plain);
    await release(eventId);
    const refs = [
      { eventId, attempt: 1 },
      { eventId: plain, attempt: 1 },
    ];
    for (const one of [hub, other]) {
      const values = await one.services.releasedValues.of(tenantId, refs);
      expect(refs.map((ref) => values.get(keyOf(ref))?.map((value) => new TextDecoder().decode(value)))).toEqual([
        ['needle-value'],
        [],
      ]);
      const again = await one.services.releasedValues.of(tenantId, refs);
      expect(again.get(keyOf({ eventId, attempt: 1 }))).toBe(values.get(keyOf({ eventId, attempt: 1 })));
    }
  });

  it('cost no statement for attempts that were claimed here and have no secrets', async () => {
    const eventId = await hub.fire(await hub.addEventType('statements'));
    await hub.claim(eventId);
    const before = services.sql.statements();
    await services.releasedValues.of(tenantId, [{ eventId, attempt: 1 }]);
    expect(services.sql.statements()).toBe(before);
  });

  it('are of the version that was given, also after the secret was set anew', async () => {
    await putSecret(services, tenantId, { name: 'OLDER', value: 'older-value' });
    const eventId = await claimedWith('older', { token: 'OLDER' });
    await release(eventId);
    await putSecret(services, tenantId, { name: 'OLDER', value: 'newer-value' });
    const values = await other.services.releasedValues.of(tenantId, [{ eventId, attempt: 1 }]);
    expect(values.get(keyOf({ eventId, attempt: 1 }))?.map(String)).toEqual([
      String(new TextEncoder().encode('older-value')),
    ]);
  });
});
