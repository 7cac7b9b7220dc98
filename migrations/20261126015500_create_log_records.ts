import { Migration } from '../packages/db/src/migration.ts';

export class CreateLogRecords extends Migration {
  override up(): void {
    this.addSql(`
      create table log_records (
        tenant_id binary(16) not null,
        at datetime(3) not null,
        event_id binary(16) not null,
        attempt smallint unsigned not null,
        seq int unsigned not null,
        line int unsigned not null,
        level tinyint unsigned not null,
        channel varchar(8) not null,
        event_type_id binary(16) not null,
        source_id binary(16) null,
        sink_id binary(16) not null,
        text varchar(500) not null,
        fields varchar(1000) null,
        primary key (tenant_id, at, event_id, attempt, seq, line),
        key log_records_by_event (tenant_id, event_id, attempt),
        key log_records_by_level (tenant_id, level, at),
        key log_records_by_type (tenant_id, event_type_id, level, at)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
