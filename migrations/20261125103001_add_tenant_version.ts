import { Migration } from '../packages/db/src/migration.ts';

export class AddTenantVersion extends Migration {
  override up(): void {
    this.addSql(`
      alter table tenants
        add version int not null default 1
    `);
  }
}
