import { Migration } from '../packages/db/src/migration.ts';

export class AddSecretFacts extends Migration {
  override up(): void {
    this.addSql(`
      alter table secrets
        add value_version int not null default 0,
        add last_value_version int not null default 0,
        add value_set_at datetime(3) null,
        add value_set_by varchar(200) null,
        add size int null,
        add short tinyint(1) not null default false,
        add expires_at date null,
        add labels text null,
        add grants text null,
        add end_to_end tinyint(1) not null default false,
        add last_used_at datetime(3) null,
        add last_used_event_id binary(16) null,
        add last_used_sink_id binary(16) null
    `);
  }
}
