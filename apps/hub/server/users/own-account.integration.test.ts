import { fakeClock } from '@nexomatic/clock';
import { silentLogger } from '@nexomatic/logger';
import { connectRedis } from '@nexomatic/queue/connection';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, test } from 'vitest';
import { actorOf } from '../auth/actor.ts';
import { createLoginLink } from '../auth/create-login-link.ts';
import { createLoginThrottle } from '../auth/login-throttle.ts';
import { createPasswords } from '../auth/password/passwords.ts';
import { readSession } from '../auth/read-session.ts';
import { signInByLink } from '../auth/sign-in-by-link.ts';
import { signInByPassword } from '../auth/sign-in-by-password.ts';
import { testVisitor } from '../auth/testing/visitor.ts';
import { readOwnProfile, renameSelf } from './own-profile.ts';
import { setOwnPassword } from './set-own-password.ts';

const db = await testDatabase();
const redis = connectRedis(await testRedis(), { role: 'test', logger: silentLogger });
afterAll(() => redis.disconnect());
const passwords = createPasswords();
const clock = fakeClock();
const deps = { db, clock, passwords, loginThrottle: createLoginThrottle(redis) };
const old = 'correct horse battery staple';
const next = 'seven rusty bicycles';
const oldHash = await passwords.hash(old);

let addresses = 0;

async function signedIn(
  given: { passwordHash: string | null } = { passwordHash: oldHash },
  by: 'password' | 'link' = 'password',
) {
  const user = await makeUser(db, undefined, 'owner', given);
  const visitor = { ...testVisitor, remoteAddress: `10.0.1.${++addresses}` };
  const signIn = async () => {
    if (by === 'link') return (await signInByLink(deps, await createLoginLink(deps, user.id), visitor)) ?? '';
    const outcome = await signInByPassword(deps, { email: user.email, password: old }, visitor);
    return outcome.kind === 'signed_in' ? outcome.sessionToken : '';
  };
  const token = await signIn();
  const principal = await readSession(deps, token, null);
  if (!principal) throw new Error('not signed in');
  const set = (input: { current?: string; password: string }) =>
    setOwnPassword(deps, principal, actorOf(principal, visitor), input);
  return { user, token, principal, visitor, signIn, set };
}

const refusedAt = (path: string) => ({ code: 'unprocessable', facts: { errors: [{ path }] } });

test('a new password needs the current one, is the only one that signs in then, and signs every other browser out', async () => {
  const { user, token, signIn, set, visitor } = await signedIn();
  const elsewhere = await signIn();
  const { sessionToken, revoked } = await set({ current: old, password: next });
  expect(revoked).toBe(1);
  expect(await readSession(deps, elsewhere, null)).toBeNull();
  expect(await readSession(deps, token, null)).toBeNull();
  expect(await readSession(deps, sessionToken, null)).toMatchObject({ userId: user.id });
  const attempt = (password: string) => signInByPassword(deps, { email: user.email, password }, visitor);
  expect(await attempt(old)).toEqual({ kind: 'refused' });
  expect(await attempt(next)).toMatchObject({ kind: 'signed_in' });
  const audits = await db.sql.query<{ after: Buffer }>('SELECT * FROM instance_audit_entries WHERE object_id = ?', [
    user.id,
  ]);
  expect(audits).toMatchObject([{ action: 'user.password_set' }]);
  expect(String(audits[0]?.after)).toBe('{"hasPassword":true}');
});

test('without the current password, with a wrong one, or with a new one that can not be used, nothing changes', async () => {
  const { token, set } = await signedIn();
  await expect(set({ password: next })).rejects.toMatchObject(refusedAt('current'));
  await expect(set({ current: 'wrong horse', password: next })).rejects.toMatchObject(refusedAt('current'));
  await expect(set({ current: old, password: 'password1' })).rejects.toMatchObject(refusedAt('password'));
  expect(await readSession(deps, token, null)).not.toBeNull();
});

test('guessing the current password is slowed down like guessing it at the sign-in', async () => {
  const { set } = await signedIn();
  for (let n = 0; n < 6; n++) await set({ current: `wrong ${n}`, password: next }).catch(() => undefined);
  await expect(set({ current: old, password: next })).rejects.toMatchObject({ code: 'rate_limited' });
});

test('just after a sign-in by link a password is set without the old one: that is how a forgotten one is replaced', async () => {
  const forgot = await signedIn(undefined, 'link');
  expect(await readOwnProfile(deps, forgot.principal)).toMatchObject({
    hasPassword: true,
    currentPasswordNeeded: false,
  });
  expect(await forgot.set({ password: next })).toMatchObject({ revoked: 0 });
});

test('a quarter of an hour later it is not, and somebody without a password is told to sign in anew', async () => {
  const [known, without] = [await signedIn(undefined, 'link'), await signedIn({ passwordHash: null }, 'link')];
  clock.advance(15 * 60_000);
  expect(await readOwnProfile(deps, without.principal)).toMatchObject({
    hasPassword: false,
    currentPasswordNeeded: true,
  });
  await expect(known.set({ password: next })).rejects.toMatchObject(refusedAt('current'));
  await expect(without.set({ password: next })).rejects.toMatchObject({
    code: 'unprocessable',
    message: 'You have no password yet. Sign in again, by a link or by single sign-on, and set it within 15 minutes.',
  });
});

test('a new name is kept and audited; the same name again is no change', async () => {
  const { user, principal, visitor, token } = await signedIn();
  const actor = actorOf(principal, visitor);
  await renameSelf(deps, principal, actor, 'Ada King');
  await renameSelf(deps, principal, actor, 'Ada King');
  expect(await readSession(deps, token, null)).toMatchObject({ name: 'Ada King' });
  const audits = 'SELECT action FROM instance_audit_entries WHERE object_id = ?';
  expect(await db.sql.query(audits, [user.id])).toEqual([{ action: 'user.renamed' }]);
});
