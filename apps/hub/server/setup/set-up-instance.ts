import type { Clock } from '@nexomatic/clock';
import { newId } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Membership } from '@nexomatic/db/entities/membership';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { recordAudit, recordInstanceAudit } from '../audit/record-audit.ts';
import { actorOfNewcomer } from '../auth/actor.ts';
import { beginSession } from '../auth/begin-session.ts';
import { checkNewPassword } from '../auth/password/check-new-password.ts';
import type { Passwords } from '../auth/password/passwords.ts';
import type { Visitor } from '../auth/visitor.ts';
import { createUser } from '../users/create-user.ts';
import { useSetupLink } from './setup-link.ts';

export interface FirstPerson {
  name: string;
  email: string;
  password: string;
  tenantName: string;
  tenantSlug: string;
}

/**
 * Makes the first person, who administers the instance, and the first tenant, which is theirs; signs them in. Null for a link
 * that is used up, expired or not ours, and then nothing is made.
 */
export async function setUpInstance(
  { db, clock, passwords }: { db: Database; clock: Clock; passwords: Passwords },
  token: string,
  { name, email, password, tenantName, tenantSlug: slug }: FirstPerson,
  visitor: Visitor,
): Promise<{ sessionToken: string } | null> {
  checkNewPassword(password, { email, name });
  const passwordHash = await passwords.hash(password);
  // There is no tenant yet.
  return db.systemEm().transactional(async (em) => {
    if (!(await useSetupLink(em, clock, token))) return null;
    const user = createUser(em, { email, name, passwordHash, instanceAdmin: true }, visitor);
    const tenant = em.create(Tenant, { id: newId('tenant'), slug, name: tenantName });
    const actor = actorOfNewcomer(user, visitor);
    const object = { kind: 'tenant' as const, id: tenant.id, name: tenantName };
    recordInstanceAudit(em, actor, {
      action: 'tenant.created',
      object,
      before: null,
      after: { slug, name: tenantName },
    });
    await em.persist(tenant).flush();
    em.persist(em.create(Membership, { tenantId: tenant.id, userId: user.id, role: 'owner' }));
    recordAudit(em, tenant.id, actor, {
      action: 'member.added',
      object: { kind: 'member', id: user.id, name },
      before: null,
      after: { email, role: 'owner' },
    });
    return { sessionToken: await beginSession(em, clock, user.id, 'password', visitor) };
  });
}
