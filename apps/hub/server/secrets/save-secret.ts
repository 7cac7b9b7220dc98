import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { CreateSecret, SavedSecret, UpdateSecret } from '@nexomatic/contracts/secret-api';
import { writeGrants } from '@nexomatic/contracts/secret-grants';
import { secretNameFault } from '@nexomatic/contracts/secret-limits';
import { Secret } from '@nexomatic/db/entities/secret';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { type EntityManager, LockMode } from '@nexomatic/db/query';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, expectVersion } from '../definitions/change-definition.ts';
import { checkGrants } from './check-grants.ts';
import { judgeGiven, refused } from './judge-given.ts';
import { findSecret } from './read-secrets.ts';
import { lockSecret, type SecretDeps, savedSecret } from './set-value.ts';
import { secretBodyOf } from './show-secrets.ts';

/** Puts a secret into the store, with its first value or without one. */
export async function createSecret(
  deps: SecretDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { name, value, sealed, endToEnd = false, ...facts }: CreateSecret,
): Promise<SavedSecret> {
  const fault = secretNameFault(name);
  if (fault !== null) throw refusedName('unprocessable', 'That is no name for a secret.', fault);
  if (endToEnd && !sealed)
    throw refused('sealed', 'one that is end-to-end is made with its value, for at least one sink');
  const put = await judgeGiven(deps.tenantKeys, tenantId, { name, endToEnd }, { value, sealed });
  return changeDefinition(deps, tenantId, async (em) => {
    await expectNewName(em, tenantId, name);
    await checkGrants(em, facts.grants);
    const row = em.create(Secret, { tenantId, id: newId('secret'), name, endToEnd, ...columnsOf(facts) });
    await em.persist(row).flush();
    const object = { kind: 'secret' as const, id: row.id, name };
    recordAudit(em, tenantId, actor, { action: 'secret.created', object, before: null, after: secretBodyOf(row) });
    await em.flush();
    await put?.(em, row, actor, deps.clock.now());
    return savedSecret(deps, em, row);
  });
}

/** Changes what is said of a secret, and its value where one is given. Its name stays: parameters refer to it by that. */
export async function updateSecret(
  deps: SecretDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, version, value, sealed, ...facts }: UpdateSecret,
): Promise<SavedSecret> {
  const known = await findSecret(deps.db.tenantEm(tenantId), id);
  const put = await judgeGiven(deps.tenantKeys, tenantId, known, { value, sealed });
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await lockSecret(em, id);
    expectVersion(row, version);
    await checkGrants(em, facts.grants);
    const before = secretBodyOf(row);
    em.assign(row, columnsOf(facts));
    const object = { kind: 'secret' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'secret.updated', object, before, after: secretBodyOf(row) });
    await em.flush();
    await put?.(em, row, actor, deps.clock.now());
    return savedSecret(deps, em, row);
  });
}

const columnsOf = ({
  description,
  labels,
  expiresAt,
  grants,
}: Pick<CreateSecret, 'description' | 'labels' | 'expiresAt' | 'grants'>) => ({
  description,
  expiresAt,
  labels: Object.keys(labels).length > 0 ? JSON.stringify(labels) : null,
  grants: writeGrants(grants),
});

/**
 * Refuses a name that differs from another one in capitals alone: one of the two would be set and the other used. Makers of
 * secrets in a tenant stand in line for it, since the table's own index tells capitals apart.
 */
async function expectNewName(em: EntityManager, tenantId: Id<'tenant'>, name: string): Promise<void> {
  await em.findOneOrFail(Tenant, { id: tenantId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const names = await em.find(Secret, {}, { fields: ['name'] });
  const twin = names.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!twin) return;
  const message =
    twin.name === name ? 'another one has this name already' : `differs from ${twin.name} in capitals only`;
  throw refusedName('conflict', 'The name is taken; choose another.', message);
}

const refusedName = (code: 'unprocessable' | 'conflict', detail: string, message: string): NexomaticError =>
  new NexomaticError(code, detail, { errors: [{ path: 'name', message }] });
