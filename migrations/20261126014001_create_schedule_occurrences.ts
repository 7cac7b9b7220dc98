import { Migration } from '../packages/db/src/migration.ts';

export class CreateScheduleOccurrences extends Migration {
  override up(): void {
    this.addSql(`
      create table schedule_occurrences (
        tenant_id binary(16) not null,
        schedule_id binary(16) not null,
        due_at datetime(3) not null,
        through_at datetime(3) null,
        count smallint unsigned not null default 1,
        status varchar(8) not null,
        reason varchar(32) null,
        origin varchar(12) not null,
        event_id binary(16) null,
        open_event_id binary(16) null,
        decided_at datetime(3) not null,
        decided_by varchar(200) null,
        primary key (tenant_id, schedule_id, due_at),
        key schedule_occurrences_by_status (tenant_id, schedule_id, status, due_at),
        key schedule_occurrences_open (tenant_id, schedule_id, open_event_id),
        key schedule_occurrences_by_event (tenant_id, event_id),
        key schedule_occurrences_by_decision (tenant_id, decided_at)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
