import { Migration } from '../packages/db/src/migration.ts';

export class AddSinkDescription extends Migration {
  override up(): void {
    this.addSql(`
      alter table sinks
        add description varchar(500) not null default ''
    `);
  }
}
