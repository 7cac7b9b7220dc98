/** The few names of the ORM that use cases need; nobody outside this package imports the ORM itself. */

export type { EntityData, FilterQuery, FindOptions, Loaded, QueryOrderMap, RequiredEntityData } from '@mikro-orm/core';
export {
  ForeignKeyConstraintViolationException,
  LockMode,
  OptimisticLockError,
  QueryOrder,
  raw,
  ref,
  sql,
  UniqueConstraintViolationException,
  wrap,
} from '@mikro-orm/core';
export type { EntityManager } from '@mikro-orm/mysql';
