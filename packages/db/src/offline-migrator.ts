import { MariaDbDriver } from '@mikro-orm/mariadb';
import { Migrator, TSMigrationGenerator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/mysql';
import { entities } from './entities.ts';
import { migrationsFolder } from './migration-files.ts';

/** Files in the form of ours: no way down, the base class from this package. */
class Generator extends TSMigrationGenerator {
  override generateMigrationFile(className: string, { up }: { up: string[]; down: string[] }): string {
    const words = className.replace(/^Migration\d+_/, '').split('_');
    const name = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
    const statements = up
      .filter((statement) => statement !== '')
      .map((statement) => this.createStatement(statement, 4));
    return [
      "import { Migration } from '../packages/db/src/migration.ts';\n",
      `export class ${name} extends Migration {`,
      '  override up(): void {',
      `${statements.join('')}  }`,
      '}\n',
    ].join('\n');
  }
}

/**
 * Compares the entities with the snapshot beside the migrations; no database is needed. Always by the mariadb driver,
 * whatever the server is: the other one reads MariaDB wrongly, and what this one writes is MySQL's SQL too.
 */
export function offlineMigrator(): Migrator {
  const orm = new MikroORM({
    driver: MariaDbDriver,
    dbName: 'none',
    charset: 'utf8mb4',
    collate: 'utf8mb4_bin',
    entities,
    schemaGenerator: { createForeignKeyConstraints: false },
    migrations: {
      path: migrationsFolder,
      snapshotName: '.snapshot',
      generator: Generator,
      fileName: (timestamp, name) => `${timestamp}_${name}`,
    },
  });
  return new Migrator(orm.em);
}
