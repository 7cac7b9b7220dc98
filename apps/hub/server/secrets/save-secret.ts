import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { CreateSecret, SecretSummary, UpdateSecret } from '@nexomatic/contracts/secret-api';
import { Secret } from '@nexomatic/db/entities/secret';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { type EntityManager, LockMode } from '@nexomatic/db/query';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps, expectVersion } from '../definitions/change-definition.ts';
import { findSecret, secretBodyOf, showSecret } from './read-secrets.ts';

/** Puts a name into the Secrets store. It has no value, so whatever refers to it still ends as `secret_missing`. */
export function createSecret(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  input: CreateSecret,
): Promise<SecretSummary> {
  return changeDefinition(deps, tenantId, async (em) => {
    await expectNewName(em, tenantId, input.name);
    const row = em.create(Secret, { tenantId, id: newId('secret'), ...input });
    await em.persist(row).flush();
    const object = { kind: 'secret' as const, id: row.id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'secret.created', object, before: null, after: secretBodyOf(row) });
    await em.flush();
    await em.refresh(row);
    return showSecret(em, row);
  });
}

/** Describes a secret. Its name stays: parameters refer to it by that. */
export function updateSecret(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, version, description }: UpdateSecret,
): Promise<SecretSummary> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findSecret(em, id);
    expectVersion(row, version);
    const before = secretBodyOf(row);
    em.assign(row, { description });
    const object = { kind: 'secret' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'secret.updated', object, before, after: secretBodyOf(row) });
    await em.flush();
    await em.refresh(row);
    return showSecret(em, row);
  });
}

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
  throw new NexomaticError('conflict', 'The name is taken; choose another.', { errors: [{ path: 'name', message }] });
}
