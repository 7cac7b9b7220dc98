import { Migration } from '../packages/db/src/migration.ts';

export class AddSinkTypeDescription extends Migration {
  override up(): void {
    this.addSql(`
      alter table sink_types
        add description varchar(500) not null default '',
        add version int not null default 1
    `);
  }
}
