import { fakeClock } from '@nexomatic/clock';
import { type Role, roles } from '@nexomatic/contracts/permission';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeTenant, makeUser } from '@nexomatic/testkit/factories';
import { describe, expect, test } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { createLoginLink } from '../auth/create-login-link.ts';
import { createPasswords } from '../auth/password/passwords.ts';
import { readSession } from '../auth/read-session.ts';
import { signInByLink } from '../auth/sign-in-by-link.ts';
import { testVisitor as visitor } from '../auth/testing/visitor.ts';
import { acceptAsKnownPerson, acceptAsNewcomer } from './accept-invitation.ts';
import { createInvitation, invitationMs } from './create-invitation.ts';
import { findOpenInvitation } from './open-invitation.ts';
import { listInvitations } from './read-invitations.ts';
import { revokeInvitation } from './revoke-invitation.ts';

const db = await testDatabase();
const clock = fakeClock();
const deps = { db, clock, passwords: createPasswords(), env: { publicUrl: 'https://hub.example' } };
const grace = { name: 'Grace Hopper', password: 'correct horse battery staple' };
const owner = { actor: systemActor, userId: null, mayMakeOwners: true };

let people = 0;
const newEmail = () => `guest-${++people}@example.test`;

async function invited(role: Role = 'editor', email = newEmail()) {
  const tenant = await makeTenant(db);
  const created = await createInvitation(deps, tenant.id, owner, { email, role });
  return { tenant, email, created, token: tokenOf(created.url) };
}

const tokenOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

async function signedIn(email: string) {
  const user = await makeUser(db, undefined, 'owner', { email });
  const token = (await signInByLink(deps, await createLoginLink(deps, user.id), visitor)) ?? '';
  const principal = await readSession(deps, token, null);
  if (!principal) throw new Error('not signed in');
  return { user, token, principal };
}

const audits = async ({ slug }: { slug: string }) => {
  const rows = await db.sql.query<{ action: string }>(
    'SELECT action FROM audit_entries a JOIN tenants t ON t.id = a.tenant_id WHERE t.slug = ? ORDER BY a.id',
    [slug],
  );
  return rows.map(({ action }) => action);
};

describe('an invitation', () => {
  test('is a link that is shown once; what is stored and listed opens nothing', async () => {
    const { tenant, created, token, email } = await invited('viewer');
    expect(created.url).toMatch(/^https:\/\/hub\.example\/invite\/nxi_[A-Za-z0-9_-]{43}$/);
    const { invitations } = await listInvitations(deps, tenant.id, { limit: 10 });
    expect(invitations).toMatchObject([{ id: created.id, email, role: 'viewer', state: 'open', invitedBy: null }]);
    const rows = await db.sql.query<Record<string, unknown>>('SELECT * FROM invitations');
    const dump = rows
      .flatMap((row) => Object.values(row))
      .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)));
    expect(JSON.stringify([invitations, dump])).not.toContain(token.slice(4));
  });

  test.each(roles)('makes a new person a member who is %s, with an account and a session', async (role) => {
    const { tenant, token, email } = await invited(role);
    const outcome = await acceptAsNewcomer(deps, token, grace, visitor);
    if (outcome.kind !== 'joined') throw new Error(outcome.kind);
    expect(outcome.tenantSlug).toBe(tenant.slug);
    expect(await readSession(deps, outcome.sessionToken, tenant.slug)).toMatchObject({
      email,
      name: 'Grace Hopper',
      instanceAdmin: false,
      member: { role },
      memberships: [{ slug: tenant.slug }],
    });
    expect(await audits(tenant)).toEqual(['invitation.created', 'invitation.accepted', 'member.added']);
    expect(await listInvitations(deps, tenant.id, { limit: 10 })).toMatchObject({ invitations: [] });
  });

  test('makes a person who was here before a member, and gives their session a new token', async () => {
    const email = newEmail();
    const { token: oldToken, principal } = await signedIn(email);
    const { tenant, token } = await invited('operator', email);
    const outcome = await acceptAsKnownPerson(deps, token, principal, visitor);
    if (outcome.kind !== 'joined') throw new Error(outcome.kind);
    expect(await readSession(deps, oldToken, tenant.slug)).toBeNull();
    expect(await readSession(deps, outcome.sessionToken, tenant.slug)).toMatchObject({ member: { role: 'operator' } });
  });

  test('works once', async () => {
    const { token } = await invited();
    await acceptAsNewcomer(deps, token, grace, visitor);
    expect(await acceptAsNewcomer(deps, token, grace, visitor)).toEqual({ kind: 'closed' });
  });

  test('accepted by five browsers at once makes one account', async () => {
    const { token, email } = await invited();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => acceptAsNewcomer(deps, token, grace, visitor)));
    expect(outcomes.filter(({ kind }) => kind === 'joined')).toHaveLength(1);
    expect(await db.sql.query('SELECT name FROM users WHERE email = ?', [email])).toEqual([{ name: grace.name }]);
  });

  test.each(['expired', 'revoked', 'replaced', 'suspended', 'unknown'])('that is %s lets nobody in', async (how) => {
    const { tenant, token, created, email } = await invited();
    if (how === 'expired') clock.advance(invitationMs);
    if (how === 'revoked') await revokeInvitation(deps, tenant.id, systemActor, created.id);
    if (how === 'replaced') await createInvitation(deps, tenant.id, owner, { email, role: 'viewer' });
    if (how === 'suspended') await db.sql.run('UPDATE tenants SET suspended_at = NOW(3) WHERE slug = ?', [tenant.slug]);
    const sent = how === 'unknown' ? `${token.slice(0, -3)}xyz` : token;
    expect(await findOpenInvitation(db.systemEm(), clock, sent)).toBeNull();
    expect(await acceptAsNewcomer(deps, sent, grace, visitor)).toEqual({ kind: 'closed' });
    const { principal } = await signedIn(email);
    expect(await acceptAsKnownPerson(deps, sent, principal, visitor)).toEqual({ kind: 'closed' });
    expect(
      await db.sql.query('SELECT role FROM memberships m JOIN tenants t ON t.id = m.tenant_id WHERE t.slug = ?', [
        tenant.slug,
      ]),
    ).toEqual([]);
  });

  test('lives to the last moment of its week', async () => {
    const { token } = await invited();
    clock.advance(invitationMs - 1);
    expect(await acceptAsNewcomer(deps, token, grace, visitor)).toMatchObject({ kind: 'joined' });
  });

  test('is for its address alone: another person who is signed in is told so, and it stays open', async () => {
    const { token } = await invited();
    const { principal } = await signedIn(newEmail());
    expect(await acceptAsKnownPerson(deps, token, principal, visitor)).toEqual({ kind: 'other_person' });
    expect(await acceptAsNewcomer(deps, token, grace, visitor)).toMatchObject({ kind: 'joined' });
  });

  test('for somebody who has an account makes no second one', async () => {
    const { token, email } = await invited();
    await makeUser(db, undefined, 'owner', { email });
    expect(await acceptAsNewcomer(deps, token, grace, visitor)).toEqual({ kind: 'known_person' });
  });

  test('with a password that can not be used stays open, and no account is made', async () => {
    const { token, email } = await invited();
    const weak = acceptAsNewcomer(deps, token, { name: 'Grace', password: 'password1' }, visitor);
    await expect(weak).rejects.toMatchObject({ code: 'unprocessable', facts: { errors: [{ path: 'password' }] } });
    expect(await db.sql.query('SELECT name FROM users WHERE email = ?', [email])).toEqual([]);
    expect(await findOpenInvitation(db.systemEm(), clock, token)).not.toBeNull();
  });
});

describe('inviting', () => {
  test('an owner is for owners', async () => {
    const tenant = await makeTenant(db);
    const asked = (role: Role) =>
      createInvitation(deps, tenant.id, { ...owner, mayMakeOwners: false }, { email: newEmail(), role });
    await expect(asked('owner')).rejects.toMatchObject({
      code: 'forbidden',
      message: 'Only an owner may invite an owner.',
    });
    expect(await asked('admin')).toMatchObject({ role: 'admin' });
  });

  test('a member again is refused, and said at the address', async () => {
    const tenant = await makeTenant(db);
    const { email } = await makeUser(db, tenant.id, 'viewer');
    await expect(createInvitation(deps, tenant.id, owner, { email, role: 'admin' })).rejects.toMatchObject({
      code: 'conflict',
      facts: { errors: [{ path: 'email', message: 'belongs to a member already; change their role instead' }] },
    });
  });

  test('somebody anew takes the older invitation back', async () => {
    const { tenant, email } = await invited();
    await createInvitation(deps, tenant.id, owner, { email, role: 'viewer' });
    expect((await listInvitations(deps, tenant.id, { limit: 10 })).invitations).toHaveLength(1);
    expect(await audits(tenant)).toEqual(['invitation.created', 'invitation.revoked', 'invitation.created']);
  });

  test('a member of another tenant leaves that one as it is', async () => {
    const email = newEmail();
    const { tenant: first, token } = await invited('admin', email);
    await acceptAsNewcomer(deps, token, grace, visitor);
    const { tenant: second } = await invited('viewer', email);
    expect(first.id).not.toBe(second.id);
    expect(
      await db.sql.query('SELECT role FROM memberships m JOIN users u ON u.id = m.user_id WHERE u.email = ?', [email]),
    ).toEqual([{ role: 'admin' }]);
  });
});

test('revoking what was accepted, revoked, or belongs to another tenant finds nothing', async () => {
  const [accepted, revoked, foreign] = [await invited(), await invited(), await invited()];
  await acceptAsNewcomer(deps, accepted.token, grace, visitor);
  await revokeInvitation(deps, revoked.tenant.id, systemActor, revoked.created.id);
  for (const [{ tenant }, { created }] of [
    [accepted, accepted],
    [revoked, revoked],
    [accepted, foreign],
  ] as const) {
    await expect(revokeInvitation(deps, tenant.id, systemActor, created.id)).rejects.toMatchObject({
      code: 'not_found',
    });
  }
  expect(await findOpenInvitation(db.systemEm(), clock, foreign.token)).not.toBeNull();
});

test('the list is newest first, page by page, and tells what is expired', async () => {
  const tenant = await makeTenant(db);
  const emails = [newEmail(), newEmail(), newEmail()];
  for (const email of emails) await createInvitation(deps, tenant.id, owner, { email, role: 'viewer' });
  clock.advance(invitationMs);
  const first = await listInvitations(deps, tenant.id, { limit: 2 });
  const cursor = first.nextCursor ?? undefined;
  const second = await listInvitations(deps, tenant.id, { limit: 2, cursor });
  expect([...first.invitations, ...second.invitations].map(({ email, state }) => [email, state])).toEqual(
    emails.reverse().map((email) => [email, 'expired']),
  );
  expect(second.nextCursor).toBeNull();
});
