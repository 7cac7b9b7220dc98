import { fakeClock } from '@nexomatic/clock';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeUser } from '@nexomatic/testkit/factories';
import { expect, test } from 'vitest';
import { actorOf } from './actor.ts';
import { createLoginLink } from './create-login-link.ts';
import { listOwnSessions, revokeOtherSessions, revokeOwnSession } from './own-sessions.ts';
import { idleMs, readSession } from './read-session.ts';
import { signInByLink } from './sign-in-by-link.ts';
import { testVisitor } from './testing/visitor.ts';

const db = await testDatabase();
const clock = fakeClock();
const deps = { db, clock };

/** A person who is signed in in that many browsers, one minute after the other. */
async function signedIn(browsers: number, user?: { id: Awaited<ReturnType<typeof makeUser>>['id'] }) {
  const { id } = user ?? (await makeUser(db));
  const sessions: { token: string; principal: NonNullable<Awaited<ReturnType<typeof readSession>>> }[] = [];
  for (let n = 0; n < browsers; n++) {
    clock.advance(60_000);
    const visitor = { ...testVisitor, userAgent: `Browser/${n}`, remoteAddress: `10.0.0.${n}` };
    const token = (await signInByLink(deps, await createLoginLink(deps, id), visitor)) ?? '';
    const principal = await readSession(deps, token, null);
    if (!principal) throw new Error('not signed in');
    sessions.push({ token, principal });
  }
  const [first] = sessions;
  if (!first) throw new Error('no browser');
  const actor = actorOf(first.principal, testVisitor);
  return { sessions, first, actor, read: (n: number) => readSession(deps, sessions[n]?.token ?? '', null) };
}

const audits = (objectId: string) =>
  db.sql.query<{ action: string; actor_name: string }>(
    'SELECT action, actor_name FROM instance_audit_entries WHERE object_id = ?',
    [objectId],
  );

test('people see where they are signed in: this browser first, then the one that was used last', async () => {
  const { first } = await signedIn(3);
  await signedIn(1);
  expect(await listOwnSessions(deps, first.principal)).toMatchObject([
    { current: true, userAgent: 'Browser/0', remoteAddress: '10.0.0.0', method: 'link' },
    { current: false, userAgent: 'Browser/2' },
    { current: false, userAgent: 'Browser/1' },
  ]);
});

test('a session that is over is not listed', async () => {
  const user = await makeUser(db);
  await signedIn(1, user);
  clock.advance(idleMs);
  const { first } = await signedIn(1, user);
  expect(await listOwnSessions(deps, first.principal)).toHaveLength(1);
});

test('a revoked session is out at its next request, and the audit log says who did it', async () => {
  const { sessions, first, actor, read } = await signedIn(2);
  const id = sessions[1]?.principal.sessionId ?? 'ses_none';
  await revokeOwnSession(deps, first.principal, actor, id);
  expect(await read(1)).toBeNull();
  expect(await read(0)).not.toBeNull();
  expect(await audits(id)).toEqual([{ action: 'session.revoked', actor_name: 'User' }]);
  await expect(revokeOwnSession(deps, first.principal, actor, id)).rejects.toMatchObject({ code: 'not_found' });
});

test('nobody revokes the session of somebody else', async () => {
  const [{ first, actor }, { first: other, read }] = [await signedIn(1), await signedIn(1)];
  const foreign = other.principal.sessionId;
  await expect(revokeOwnSession(deps, first.principal, actor, foreign)).rejects.toMatchObject({ code: 'not_found' });
  expect(await read(0)).not.toBeNull();
});

test('all others can be revoked at once; this one stays, and so do those of other people', async () => {
  const { first, actor, read } = await signedIn(3);
  const { read: readOther } = await signedIn(1);
  expect(await revokeOtherSessions(deps, first.principal, actor)).toBe(2);
  expect([await read(0), await read(1), await read(2)].map((one) => one !== null)).toEqual([true, false, false]);
  expect(await readOther(0)).not.toBeNull();
});
