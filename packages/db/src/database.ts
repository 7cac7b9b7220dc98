import { type EntityManager, MikroORM, MySqlDriver, type Options } from '@mikro-orm/mysql';
import type { Id } from '@nexomatic/contracts/id';
import type { Logger } from '@nexomatic/logger';
import { entities } from './entities.ts';
import { flushGuard } from './flush-guard.ts';
import { openSql, type PoolTarget } from './open-sql.ts';
import { assertSupported, parseServerVersion, type ServerVersion } from './server-version.ts';
import { setSessionOnConnect } from './session.ts';
import type { Sql } from './sql.ts';
import { TenantEntityManager } from './tenant-entity-manager.ts';
import { setScope, tenantFilters } from './tenant-scope.ts';

export interface Database {
  /** For migrations and tests; its own `em` refuses to be used. */
  readonly orm: MikroORM;
  /** Raw SQL on a pool of its own. Every statement names its tenant itself. */
  readonly sql: Sql;
  readonly flavour: ServerVersion['flavour'];
  readonly serverVersion: string;
  /** A new entity manager that sees and writes rows of this tenant alone. */
  tenantEm(tenantId: Id<'tenant'>): EntityManager;
  /** A new entity manager over all tenants, for what belongs to none: sign-in, token look-up, seeding. Say why at each use. */
  systemEm(): EntityManager;
  /** Settles when the server answers, rejects when it doesn't. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What the mysql and the mariadb driver are both given. `schemaGenerator` says why in `migrations/README.md`. */
function ormOptions({ url, connections }: PoolTarget, logger: Logger): Options {
  return {
    clientUrl: url,
    charset: 'utf8mb4',
    collate: 'utf8mb4_bin',
    pool: { max: connections },
    driverOptions: { connectTimeout: 5_000 },
    entities,
    entityManager: TenantEntityManager,
    filters: tenantFilters,
    subscribers: [flushGuard],
    ensureDatabase: false,
    initNullableProperties: true,
    schemaGenerator: { createForeignKeyConstraints: false },
    migrations: { tableName: 'migrations', snapshot: false, transactional: false, allOrNothing: false },
    logger: (message) => logger.debug({ message }, 'orm.logged'),
  };
}

/** The driver must be the server's: the mysql driver never finds a MariaDB schema to be as the entities say. */
async function openOrm(flavour: ServerVersion['flavour'], options: Options) {
  const driver = flavour === 'mariadb' ? (await import('@mikro-orm/mariadb')).MariaDbDriver : MySqlDriver;
  const orm = new MikroORM({ ...options, driver });
  await orm.connect();
  setSessionOnConnect(await orm.driver.getConnection().getNativeClient());
  return orm;
}

/** Connects, looks at the server's version and makes both doors to it. Closes what it opened if any of that fails. */
export async function openDatabase(options: { url: string; logger: Logger; connections?: number }): Promise<Database> {
  const target = { url: options.url, connections: options.connections ?? 10 };
  const { sql, close } = openSql(target);
  try {
    const [row] = await sql.query<{ version: string }>('SELECT VERSION() AS version');
    const server = parseServerVersion(row?.version ?? '');
    assertSupported(server);
    const orm = await openOrm(server.flavour, ormOptions(target, options.logger));

    const fork = (scope: Parameters<typeof setScope>[1]): EntityManager => {
      const em = orm.em.fork();
      setScope(em, scope);
      return em;
    };
    return {
      orm,
      sql,
      flavour: server.flavour,
      serverVersion: server.version,
      tenantEm: (tenantId) => fork({ tenantId }),
      systemEm: () => fork({ everyTenant: true }),
      async ping() {
        await sql.query('SELECT 1');
      },
      async close() {
        await Promise.all([orm.close(), close()]);
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
