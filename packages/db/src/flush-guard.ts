import type { EventSubscriber, FlushEventArgs } from '@mikro-orm/core';
import { type Id, idFromBytes } from '@nexomatic/contracts/id';
import { ownerProperty } from './entities.ts';
import { scopeOf, type TenantScope } from './tenant-scope.ts';

/** A row of another tenant was about to be written; nothing was. */
export class ForeignTenantError extends Error {
  override name = 'ForeignTenantError';
}

type ChangeSet = ReturnType<FlushEventArgs['uow']['getChangeSets']>[number];

/** The row's tenant as it is now and, if it was loaded, as it was: a changed owner is a foreign row either way. */
function ownersOf({ entity, originalEntity }: ChangeSet, owner: string): unknown[] {
  const before = (originalEntity as Record<string, unknown> | undefined)?.[owner];
  const now = (entity as Record<string, unknown>)[owner];
  return before === undefined ? [now] : [now, before instanceof Uint8Array ? idFromBytes('tenant', before) : before];
}

function assertOwn(change: ChangeSet, scope: TenantScope | undefined): void {
  const entityName = change.meta.className;
  const owner = ownerProperty(entityName);
  if (owner === null) return;
  const what = `${change.type} ${entityName}`;
  if (scope === undefined) throw new ForeignTenantError(`${what}: no tenant is set on this entity manager`);
  const owners = new Set(ownersOf(change, owner));
  if (owners.size > 1) throw new ForeignTenantError(`${what}: the tenant of a row is never changed`);
  if ('everyTenant' in scope) return;
  const foreign = [...owners].find((tenantId) => tenantId !== (scope.tenantId as Id<'tenant'>));
  if (foreign !== undefined || owners.has(undefined)) {
    throw new ForeignTenantError(`${what}: the row is of ${String(foreign)}, this entity manager of ${scope.tenantId}`);
  }
}

/** Looks at every row that a flush is about to insert, update or delete, before the first statement is sent. */
export const flushGuard: EventSubscriber = {
  onFlush({ em, uow }) {
    const scope = scopeOf(em);
    for (const change of uow.getChangeSets()) assertOwn(change, scope);
  },
};
