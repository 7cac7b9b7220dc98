import { Migration } from '../packages/db/src/migration.ts';

export class CreateAttempts extends Migration {
  override up(): void {
    this.addSql(`
      create table attempts (
        tenant_id binary(16) not null,
        event_id binary(16) not null,
        number smallint unsigned not null,
        sink_id binary(16) null,
        state varchar(12) not null,
        reason varchar(32) null,
        message varchar(2000) null,
        exit_code int null,
        module varchar(300) not null,
        parameters mediumblob not null,
        started_at datetime(3) not null,
        finished_at datetime(3) null,
        last_log_seq int not null default 0,
        primary key (tenant_id, event_id, number),
        constraint attempts_running_has_no_end check ((state = 'RUNNING') = (finished_at is null))
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
