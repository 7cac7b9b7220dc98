import { Migration } from '../packages/db/src/migration.ts';

export class CreateOutbox extends Migration {
  override up(): void {
    this.addSql(`
      create table outbox (
        tenant_id binary(16) not null,
        event_id binary(16) not null,
        attempt smallint unsigned not null,
        sink_type_id binary(16) not null,
        pinned_sink_id binary(16) null,
        available_at datetime(3) not null,
        created_at datetime(3) not null default current_timestamp(3),
        primary key (tenant_id, event_id, attempt),
        key outbox_created_at_index (created_at)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
