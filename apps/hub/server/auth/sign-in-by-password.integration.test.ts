import { fakeClock } from '@nexomatic/clock';
import { silentLogger } from '@nexomatic/logger';
import { connectRedis } from '@nexomatic/queue/connection';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeTenant, makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, test } from 'vitest';
import { createLoginLink } from './create-login-link.ts';
import { createLoginThrottle } from './login-throttle.ts';
import { createPasswords } from './password/passwords.ts';
import { readSession } from './read-session.ts';
import { signInByLink } from './sign-in-by-link.ts';
import { signInByPassword } from './sign-in-by-password.ts';
import { testVisitor } from './testing/visitor.ts';

const db = await testDatabase();
const redis = connectRedis(await testRedis(), { role: 'test', logger: silentLogger });
afterAll(() => redis.disconnect());

const passwords = createPasswords();
const password = 'correct horse battery staple';
const passwordHash = await passwords.hash(password);
const clock = fakeClock();
const deps = { db, clock, passwords, loginThrottle: createLoginThrottle(redis) };
const signIn = (email: string, guess = password, visitor = testVisitor) =>
  signInByPassword(deps, { email, password: guess }, visitor);

async function person(given: Parameters<typeof makeUser>[3] = {}) {
  const tenant = await makeTenant(db);
  return { tenant, user: await makeUser(db, tenant.id, 'editor', { passwordHash, ...given }) };
}

test('address and password sign in, in a session that remembers where and how it began', async () => {
  const { user, tenant } = await person();
  const outcome = await signIn(user.email, password, { ...testVisitor, remoteAddress: '10.1.2.3' });
  if (outcome.kind !== 'signed_in') throw new Error(outcome.kind);
  expect(await readSession(deps, outcome.sessionToken, tenant.slug)).toMatchObject({
    userId: user.id,
    member: { role: 'editor' },
  });
  expect(
    await db.sql.query(
      'SELECT method, remote_address, user_agent FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = ?',
      [user.email],
    ),
  ).toEqual([{ method: 'password', remote_address: '10.1.2.3', user_agent: 'Browser/1.0' }]);
});

test('wrong password, unknown person, no password and disabled person get the same answer', async () => {
  const { user } = await person();
  const { user: byLinkAlone } = await person({ passwordHash: null });
  const { user: disabled } = await person({ disabledAt: new Date(clock.now()) });
  for (const answer of [
    await signIn(user.email, 'wrong horse battery staple'),
    await signIn('nobody@example.test'),
    await signIn(byLinkAlone.email),
    await signIn(disabled.email),
  ]) {
    expect(answer).toEqual({ kind: 'refused' });
  }
});

test('the sixth wrong password makes everybody wait who tries this account, also with the right one', async () => {
  const { user } = await person();
  const from = (n: number) => ({ ...testVisitor, remoteAddress: `10.9.0.${n}` });
  for (let n = 0; n < 6; n++) expect(await signIn(user.email, 'wrong horse', from(n))).toEqual({ kind: 'refused' });
  const throttled = await signIn(user.email, password, from(7));
  expect(throttled).toMatchObject({ kind: 'throttled', retryAfterSeconds: expect.any(Number) });
});

test('an unknown address is slowed down like a known one', async () => {
  const answers: string[] = [];
  for (let n = 0; n < 7; n++)
    answers.push(
      (await signIn('nobody.at.all@example.test', 'guess', { ...testVisitor, remoteAddress: `10.8.0.${n}` })).kind,
    );
  expect(answers).toEqual([...Array.from({ length: 6 }, () => 'refused'), 'throttled']);
});

test('signing in again begins a new session in this browser and ends the one that it held', async () => {
  const { user, tenant } = await person();
  const old = (await signInByLink(deps, await createLoginLink(deps, user.id), testVisitor)) ?? '';
  const sessionId = (await readSession(deps, old, tenant.slug))?.sessionId ?? null;
  const outcome = await signIn(user.email, password, { ...testVisitor, sessionId });
  if (outcome.kind !== 'signed_in') throw new Error(outcome.kind);
  expect(outcome.sessionToken).not.toBe(old);
  expect(await readSession(deps, old, tenant.slug)).toBeNull();
  expect(await readSession(deps, outcome.sessionToken, tenant.slug)).not.toBeNull();
});

test('somebody who is disabled is out at their next request, and no link signs them in', async () => {
  const { user, tenant } = await person();
  const outcome = await signIn(user.email);
  if (outcome.kind !== 'signed_in') throw new Error(outcome.kind);
  const link = await createLoginLink(deps, user.id);
  await db.sql.run('UPDATE users SET disabled_at = NOW(3) WHERE email = ?', [user.email]);
  expect(await readSession(deps, outcome.sessionToken, tenant.slug)).toBeNull();
  expect(await signInByLink(deps, link, testVisitor)).toBeNull();
});
