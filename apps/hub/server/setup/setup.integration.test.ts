import { fakeClock } from '@nexomatic/clock';
import { testDatabase } from '@nexomatic/testkit/database';
import { afterEach, expect, test, vi } from 'vitest';
import { createPasswords } from '../auth/password/passwords.ts';
import { readSession } from '../auth/read-session.ts';
import { testVisitor as visitor } from '../auth/testing/visitor.ts';
import { setUpInstance } from './set-up-instance.ts';
import { announceSetup, createSetupLink, readSetupLink, setupLinkMs } from './setup-link.ts';

const db = await testDatabase();
const clock = fakeClock();
const passwords = createPasswords();
const deps = { db, clock, passwords, env: { publicUrl: 'https://hub.example' } };
const ada = {
  name: 'Ada Lovelace',
  email: 'ada@example.test',
  password: 'correct horse battery staple',
  tenantName: 'Analytical Engines',
  tenantSlug: 'engines',
};

afterEach(async () => {
  for (const table of [
    'sessions',
    'memberships',
    'users',
    'audit_entries',
    'tenants',
    'instance_settings',
    'instance_audit_entries',
  ])
    await db.sql.run(`DELETE FROM ${table}`);
});

const tokenOf = (url: string | null): string => new URL(url ?? '').searchParams.get('token') ?? '';

/** Starts a hub's announcement and gives what it logged. */
async function announced() {
  const warn = vi.fn();
  await announceSetup({ ...deps, logger: { warn } as unknown as Parameters<typeof announceSetup>[0]['logger'] });
  return warn.mock.calls.map(([fields, event]) => ({ event, ...fields }) as Record<string, string>);
}

test('a hub that nobody has prints a link once, however many start and however often', async () => {
  const lines = (await Promise.all([announced(), announced(), announced()])).flat();
  const printed = lines.filter(({ event }) => event === 'setup.needed');
  expect(printed).toHaveLength(1);
  expect(printed[0]?.setupUrl).toMatch(/^https:\/\/hub\.example\/setup\?token=nxu_[A-Za-z0-9_-]{43}$/);
  expect(await announced()).toMatchObject([{ event: 'setup.link_printed_before' }]);
  expect(await readSetupLink(deps, tokenOf(printed[0]?.setupUrl ?? ''))).toBe('open');
});

test('after its hour the link is closed, and the next start prints another', async () => {
  const [first] = await announced();
  clock.advance(setupLinkMs - 1);
  expect(await readSetupLink(deps, tokenOf(first?.setupUrl ?? ''))).toBe('open');
  clock.advance(1);
  expect(await readSetupLink(deps, tokenOf(first?.setupUrl ?? ''))).toBe('closed');
  expect(await setUpInstance(deps, tokenOf(first?.setupUrl ?? ''), ada, visitor)).toBeNull();
  const [second] = await announced();
  expect(await readSetupLink(deps, tokenOf(second?.setupUrl ?? ''))).toBe('open');
});

test('asking for a new link closes the one before', async () => {
  const [first, second] = [await createSetupLink(deps), await createSetupLink(deps)];
  expect(await readSetupLink(deps, tokenOf(first))).toBe('closed');
  expect(await readSetupLink(deps, tokenOf(second))).toBe('open');
  expect(await readSetupLink(deps, 'nxu_nonsense')).toBe('closed');
});

test('the link stands in the database as a hash alone', async () => {
  const token = tokenOf(await createSetupLink(deps));
  expect(JSON.stringify(await db.sql.query('SELECT * FROM instance_settings'))).not.toContain(token.slice(4));
});

test('the setup makes an administrator, who owns the first tenant and is signed in', async () => {
  const done = await setUpInstance(deps, tokenOf(await createSetupLink(deps)), ada, visitor);
  expect(await readSession(deps, done?.sessionToken ?? '', 'engines')).toMatchObject({
    email: 'ada@example.test',
    name: 'Ada Lovelace',
    instanceAdmin: true,
    member: { name: 'Analytical Engines', role: 'owner' },
  });
  const actions = 'SELECT action, actor_name FROM instance_audit_entries ORDER BY action';
  expect(await db.sql.query(actions)).toEqual([
    { action: 'tenant.created', actor_name: 'Ada Lovelace' },
    { action: 'user.created', actor_name: 'Ada Lovelace' },
  ]);
  const [user] = await db.sql.query<{ password_hash: string }>('SELECT password_hash FROM users');
  expect(await passwords.verify(user?.password_hash ?? '', ada.password)).toBe(true);
});

test('used by five browsers at once it makes one person', async () => {
  const token = tokenOf(await createSetupLink(deps));
  const people = Array.from({ length: 5 }, (_, n) => ({ ...ada, email: `ada${n}@example.test`, tenantSlug: `t${n}` }));
  const outcomes = await Promise.all(people.map((one) => setUpInstance(deps, token, one, visitor)));
  expect(outcomes.filter((done) => done !== null)).toHaveLength(1);
  expect(await db.sql.query('SELECT COUNT(*) AS n FROM users')).toEqual([{ n: 1 }]);
});

test('once there are people there is no link any more', async () => {
  const token = tokenOf(await createSetupLink(deps));
  await setUpInstance(deps, token, ada, visitor);
  expect(await readSetupLink(deps, token)).toBe('done');
  expect(await createSetupLink(deps)).toBeNull();
  expect(await announced()).toEqual([]);
  expect(
    await setUpInstance(deps, token, { ...ada, email: 'eve@example.test', tenantSlug: 'eve' }, visitor),
  ).toBeNull();
});

test('a password that can not be used leaves the link open', async () => {
  const token = tokenOf(await createSetupLink(deps));
  await expect(setUpInstance(deps, token, { ...ada, password: 'ada@example.test' }, visitor)).rejects.toMatchObject({
    code: 'unprocessable',
  });
  expect(await readSetupLink(deps, token)).toBe('open');
});
