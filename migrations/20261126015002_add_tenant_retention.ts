import { Migration } from '../packages/db/src/migration.ts';

export class AddTenantRetention extends Migration {
  override up(): void {
    this.addSql(`alter table tenants add retention varchar(300) not null default '{}'`);
  }
}
