import { Migration } from '../packages/db/src/migration.ts';

export class CreateEventStats extends Migration {
  override up(): void {
    this.addSql(`
      create table event_stats (
        tenant_id binary(16) not null,
        event_type_id binary(16) not null,
        slot datetime not null,
        measure varchar(8) not null,
        bucket smallint unsigned not null,
        n int unsigned not null,
        primary key (tenant_id, event_type_id, slot, measure, bucket),
        key event_stats_by_slot (slot)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
