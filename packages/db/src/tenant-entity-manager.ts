import type { Dictionary, EntityData, EntityName, FilterOptions, FilterQuery, UpdateOptions } from '@mikro-orm/core';
import { Utils } from '@mikro-orm/core';
import { type MySqlDriver, SqlEntityManager } from '@mikro-orm/mysql';
import { ownerProperty } from './entities.ts';
import { scopeOf } from './tenant-scope.ts';

function refuse(method: string): never {
  throw new Error(
    `${method} goes round the tenant filter and the flush guard: use persist and flush, find and nativeUpdate, or the database's sql`,
  );
}

/**
 * The ORM's entity manager without its side doors: what is left either passes the tenant filter (reads, native updates
 * and deletes) or the flush guard (everything that `flush` writes), and the filter can't be switched off in a query.
 */
export class TenantEntityManager extends SqlEntityManager<MySqlDriver> {
  override setFilterParams(name: string, args: Dictionary): void {
    if (scopeOf(this) !== undefined)
      throw new Error('the tenant of an entity manager is set once: ask for another one');
    super.setFilterParams(name, args);
  }

  override applyFilters<Entity extends object>(
    entityName: EntityName<Entity>,
    where: FilterQuery<Entity> | undefined,
    _options: FilterOptions | undefined,
    type: 'read' | 'update' | 'delete',
    findOptions?: Parameters<SqlEntityManager['applyFilters']>[4],
  ): Promise<FilterQuery<Entity> | undefined> {
    return super.applyFilters(entityName, where, {}, type, findOptions);
  }

  override nativeUpdate<Entity extends object>(
    entityName: EntityName<Entity>,
    where: FilterQuery<NoInfer<Entity>>,
    data: EntityData<Entity>,
    options?: UpdateOptions<Entity>,
  ): Promise<number> {
    const owner = ownerProperty(Utils.className(entityName));
    if (owner !== null && owner in data) throw new Error(`${owner} says who a row belongs to and is never changed`);
    return super.nativeUpdate(entityName, where, data, options);
  }

  override insert(): never {
    return refuse('insert');
  }
  override insertMany(): never {
    return refuse('insertMany');
  }
  override upsert(): never {
    return refuse('upsert');
  }
  override upsertMany(): never {
    return refuse('upsertMany');
  }
  override clone(): never {
    return refuse('clone');
  }
  override createQueryBuilder(): never {
    return refuse('createQueryBuilder');
  }
  override qb(): never {
    return refuse('qb');
  }
  override getKysely(): never {
    return refuse('getKysely');
  }
}
