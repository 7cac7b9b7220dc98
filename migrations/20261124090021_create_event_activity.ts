import { Migration } from '../packages/db/src/migration.ts';

export class CreateEventActivity extends Migration {
  override up(): void {
    this.addSql(`
      create table event_activity (
        tenant_id binary(16) not null,
        event_id binary(16) not null,
        id binary(16) not null,
        at datetime(3) not null default current_timestamp(3),
        verb varchar(24) not null,
        actor varchar(100) not null,
        detail varchar(500) not null,
        primary key (tenant_id, event_id, id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
