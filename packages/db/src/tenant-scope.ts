import type { EntityManager } from '@mikro-orm/core';
import type { Id } from '@nexomatic/contracts/id';
import { ownerProperty } from './entities.ts';

/**
 * Whose rows an entity manager may see and write: one tenant's, or every tenant's. It is kept as the parameter of the
 * tenant filter, which the entity managers that a transaction makes take over.
 */
export type TenantScope = { tenantId: Id<'tenant'> } | { everyTenant: true };

const filterName = 'tenant';

/** The scope of an entity manager; undefined when none was ever set. */
export function scopeOf(em: Pick<EntityManager, 'getFilterParams'>): TenantScope | undefined {
  return em.getFilterParams<TenantScope>(filterName);
}

export function setScope(em: Pick<EntityManager, 'setFilterParams'>, scope: TenantScope): void {
  em.setFilterParams(filterName, scope);
}

function condition(args: unknown, _type: unknown, _em: unknown, _options: unknown, entityName = ''): object {
  const scope = args as TenantScope | undefined;
  const owner = ownerProperty(entityName);
  if (owner === null) return {};
  if (scope === undefined) {
    throw new Error(`${entityName} belongs to a tenant and no tenant is set: use tenantEm(tenantId) of the database`);
  }
  return 'everyTenant' in scope ? {} : { [owner]: scope.tenantId };
}

/**
 * Added to the condition of every find, count, update and delete. `args: false` lets it run without a parameter, so
 * that what is missing is said in our words.
 */
export const tenantFilters = {
  [filterName]: { name: filterName, cond: condition, default: true, strict: true, args: false },
};
