import type { Id } from '@nexomatic/contracts/id';
import type { MemberSummary } from '@nexomatic/contracts/member-api';
import type { Database } from '@nexomatic/db/database';
import { Membership } from '@nexomatic/db/entities/membership';
import { User } from '@nexomatic/db/entities/user';
import { lastSeen } from '../auth/last-seen.ts';
import { cutPageBy, type NamedPageInput, pageBy } from '../definitions/page-by-name.ts';

/** A page of a tenant's people, by e-mail address; searched by name as well. */
export async function listMembers({ db }: { db: Database }, tenantId: Id<'tenant'>, input: NamedPageInput) {
  const em = db.tenantEm(tenantId);
  const roles = new Map((await em.find(Membership, {})).map(({ userId, role }) => [userId, role]));
  const { where, options } = pageBy('email', input, ['name']);
  const users = await em.find(User, { $and: [{ id: { $in: [...roles.keys()] } }, where] }, options);
  const { page, nextCursor } = cutPageBy('email', users, input);
  const seen = await lastSeen(
    em,
    page.map(({ id }) => id),
  );
  const members = page.flatMap((user): MemberSummary[] => {
    const role = roles.get(user.id);
    return role ? [{ ...show(user), role, lastSeenAt: seen.get(user.id) ?? null }] : [];
  });
  return { members, nextCursor };
}

const show = ({ id, name, email, disabledAt }: User) => ({ userId: id, name, email, disabled: disabledAt != null });
