import { Migration } from '../packages/db/src/migration.ts';

export class AddSourceDescription extends Migration {
  override up(): void {
    this.addSql(`
      alter table sources
        add description varchar(500) not null default '',
        add version int not null default 1,
        add last_received_at datetime(3) null
    `);
  }
}
