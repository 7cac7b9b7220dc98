import { Migration } from '../packages/db/src/migration.ts';

export class AddTenantsLogIndex extends Migration {
  override up(): void {
    this.addSql(`alter table tenants add log_index varchar(20) not null default 'all'`);
  }
}
