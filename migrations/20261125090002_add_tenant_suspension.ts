import { Migration } from '../packages/db/src/migration.ts';

export class AddTenantSuspension extends Migration {
  override up(): void {
    this.addSql(`
      alter table tenants
        add suspended_at datetime(3) null
    `);
  }
}
