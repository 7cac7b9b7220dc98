import { Migration } from '../packages/db/src/migration.ts';

export class AddEventTypeSchema extends Migration {
  override up(): void {
    this.addSql(`
      alter table event_types
        add description varchar(500) not null default '',
        add disabled_at datetime(3) null,
        add payload_schema text null,
        add search_keys varchar(1000) not null default '[]'
    `);
  }
}
