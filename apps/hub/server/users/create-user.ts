import { type Id, newId } from '@nexomatic/contracts/id';
import { User } from '@nexomatic/db/entities/user';
import type { EntityManager } from '@nexomatic/db/query';
import { recordInstanceAudit } from '../audit/record-audit.ts';
import { actorOfNewcomer } from '../auth/actor.ts';
import type { Visitor } from '../auth/visitor.ts';

interface Newcomer {
  email: string;
  name: string;
  passwordHash: string | null;
  instanceAdmin?: boolean;
}

/** Makes an account for somebody who comes by invitation or by the setup link; they do it themselves, says the audit log. */
export function createUser(em: EntityManager, newcomer: Newcomer, visitor: Visitor): User {
  const id: Id<'user'> = newId('user');
  const { email, name, passwordHash, instanceAdmin = false } = newcomer;
  const user = em.create(User, { id, email, name, passwordHash, instanceAdmin });
  em.persist(user);
  recordInstanceAudit(em, actorOfNewcomer(user, visitor), {
    action: 'user.created',
    object: { kind: 'user', id, name },
    before: null,
    after: { email, name, instanceAdmin },
  });
  return user;
}
