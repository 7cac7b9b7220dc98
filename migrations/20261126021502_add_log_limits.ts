import { Migration } from '../packages/db/src/migration.ts';

export class AddLogLimits extends Migration {
  override up(): void {
    this.addSql(`alter table tenants add log_limits varchar(100) not null default '{}'`);
  }
}
