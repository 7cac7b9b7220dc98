import type { Id } from '@nexomatic/contracts/id';
import type { SavedSecret, SetSecretValue } from '@nexomatic/contracts/secret-api';
import type { Secret } from '@nexomatic/db/entities/secret';
import { type EntityManager, LockMode } from '@nexomatic/db/query';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../definitions/change-definition.ts';
import type { TenantKeys } from '../keyring/tenant-keys.ts';
import { judgeGiven, refused } from './judge-given.ts';
import { warnOfValue } from './put-value.ts';
import { findSecret } from './read-secrets.ts';
import { showSecret } from './show-secrets.ts';

export type SecretDeps = DefinitionDeps & { tenantKeys: TenantKeys };

/** Gives a secret a new value. */
export async function setSecretValue(
  deps: SecretDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, ...given }: SetSecretValue,
): Promise<SavedSecret> {
  const known = await findSecret(deps.db.tenantEm(tenantId), id);
  const put = await judgeGiven(deps.tenantKeys, tenantId, known, given);
  if (!put) throw refused(known.endToEnd ? 'sealed' : 'value', 'no value was given');
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await lockSecret(em, id);
    await put(em, row, actor, deps.clock.now());
    return savedSecret(deps, em, row);
  });
}

/** The secret, of which nobody else can set a value before this transaction ends. */
export function lockSecret(em: EntityManager, id: Id<'secret'>): Promise<Secret> {
  return findSecret(em, id, LockMode.PESSIMISTIC_WRITE);
}

/** The secret as it is answered after a save. */
export async function savedSecret(
  { clock }: Pick<SecretDeps, 'clock'>,
  em: EntityManager,
  row: Secret,
): Promise<SavedSecret> {
  await em.refresh(row);
  return { ...(await showSecret(em, row, clock.now())), warnings: warnOfValue(row) };
}
