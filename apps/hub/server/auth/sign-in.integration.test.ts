import { fakeClock } from '@nexomatic/clock';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeTenant, makeUser } from '@nexomatic/testkit/factories';
import { describe, expect, test } from 'vitest';
import { sessionMs } from './begin-session.ts';
import { createLoginLink, loginLinkMs } from './create-login-link.ts';
import { endSession } from './end-session.ts';
import { idleMs, readSession } from './read-session.ts';
import { signInByLink } from './sign-in-by-link.ts';
import { sweepExpired } from './sweep-expired.ts';
import { testVisitor as visitor } from './testing/visitor.ts';
import { newToken } from './tokens.ts';

const db = await testDatabase();
const minute = 60_000;

async function signedIn(role: 'owner' | 'viewer' = 'owner') {
  const clock = fakeClock();
  const tenant = await makeTenant(db);
  const user = await makeUser(db, tenant.id, role);
  const token = await createLoginLink({ db, clock }, user.id);
  const sessionToken = await signInByLink({ db, clock }, token, visitor);
  if (!sessionToken) throw new Error('not signed in');
  const read = (slug: string | null = tenant.slug) => readSession({ db, clock }, sessionToken, slug);
  return { clock, tenant, user, token, sessionToken, read };
}

describe('a login link', () => {
  test('signs its person in', async () => {
    const { user, read } = await signedIn();
    expect(await read()).toMatchObject({ kind: 'user', userId: user.id, email: user.email, member: { role: 'owner' } });
  });

  test('works once', async () => {
    const { clock, token } = await signedIn();
    expect(await signInByLink({ db, clock }, token, visitor)).toBeNull();
  });

  test('opened by ten browsers at once signs one of them in', async () => {
    const clock = fakeClock();
    const token = await createLoginLink({ db, clock }, (await makeUser(db)).id);
    const sessions = await Promise.all(Array.from({ length: 10 }, () => signInByLink({ db, clock }, token, visitor)));
    expect(sessions.filter((session) => session !== null)).toHaveLength(1);
  });

  test('works until the last moment of its quarter of an hour, and not after it', async () => {
    const clock = fakeClock();
    const user = await makeUser(db);
    const inTime = await createLoginLink({ db, clock }, user.id);
    const late = await createLoginLink({ db, clock }, user.id);
    clock.advance(loginLinkMs - 1);
    expect(await signInByLink({ db, clock }, inTime, visitor)).not.toBeNull();
    clock.advance(1);
    expect(await signInByLink({ db, clock }, late, visitor)).toBeNull();
  });

  test('that nobody made signs nobody in', async () => {
    expect(await signInByLink({ db, clock: fakeClock() }, newToken('loginLink'), visitor)).toBeNull();
    expect(await signInByLink({ db, clock: fakeClock() }, '', visitor)).toBeNull();
  });

  test('stands in the database as a hash alone, and so does the session', async () => {
    const { token, sessionToken } = await signedIn();
    const tables = await Promise.all(
      ['login_links', 'sessions'].map((table) => db.sql.query<Record<string, unknown>>(`SELECT * FROM ${table}`)),
    );
    const dump = tables
      .flat(1)
      .flatMap((row) => Object.values(row))
      .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)))
      .join('\n');
    expect(dump).not.toContain(token);
    expect(dump).not.toContain(sessionToken);
  });
});

describe('a session', () => {
  test('ends when nobody used it for twelve hours', async () => {
    const { clock, read } = await signedIn();
    clock.advance(idleMs - 1);
    expect(await read()).not.toBeNull();
    clock.advance(idleMs - 1);
    expect(await read()).not.toBeNull();
    clock.advance(idleMs);
    expect(await read()).toBeNull();
  });

  test('ends seven days after sign-in, however often it is used', async () => {
    const { clock, read } = await signedIn();
    for (let used = 0; used < sessionMs - minute; used += idleMs - minute) {
      expect(await read()).not.toBeNull();
      clock.advance(idleMs - minute);
    }
    clock.advance(minute);
    expect(await read()).toBeNull();
  });

  test('that is over is swept away, and none that goes on; so are links', async () => {
    const { clock, read, user } = await signedIn();
    const rows = async (table: 'sessions' | 'login_links') =>
      (await db.sql.query(`SELECT 1 FROM ${table} r JOIN users u ON u.id = r.user_id WHERE u.email = ?`, [user.email]))
        .length;
    clock.advance(idleMs - 1);
    await sweepExpired({ db, clock });
    expect([await rows('sessions'), await rows('login_links')]).toEqual([1, 0]);
    expect(await read()).not.toBeNull();
    clock.advance(idleMs);
    await sweepExpired({ db, clock });
    expect(await rows('sessions')).toBe(0);
  });

  test('is over once its person signed out', async () => {
    const { read } = await signedIn();
    const principal = await read();
    await endSession(db, principal?.sessionId ?? 'ses_none');
    expect(await read()).toBeNull();
  });

  test('notes at most once a minute that it was used', async () => {
    const { clock, read, user } = await signedIn();
    const lastSeen = async () => {
      const [row] = await db.sql.query<{ last_seen_at: Date }>(
        'SELECT last_seen_at FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.email = ?',
        [user.email],
      );
      return row?.last_seen_at.getTime();
    };
    const start = clock.now();
    clock.advance(minute - 1);
    await read();
    expect(await lastSeen()).toBe(start);
    clock.advance(1);
    await read();
    expect(await lastSeen()).toBe(start + minute);
  });

  test('of a member holds their role in the tenant that is named, and none in any other', async () => {
    const { read, tenant } = await signedIn('viewer');
    const other = await makeTenant(db);
    expect((await read(tenant.slug))?.member).toMatchObject({ tenantId: tenant.id, role: 'viewer' });
    expect((await read(other.slug))?.member).toBeNull();
    expect((await read('no-such-tenant'))?.member).toBeNull();
    expect((await read(null))?.member).toBeNull();
    expect((await read(null))?.memberships.map(({ slug }) => slug)).toEqual([tenant.slug]);
  });

  test('that nobody has is nobody', async () => {
    expect(await readSession({ db, clock: fakeClock() }, 'a'.repeat(43), null)).toBeNull();
  });
});
