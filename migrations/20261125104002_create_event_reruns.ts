import { Migration } from '../packages/db/src/migration.ts';

export class CreateEventReruns extends Migration {
  override up(): void {
    this.addSql(`
      create table event_reruns (
        tenant_id binary(16) not null,
        rerun_of binary(16) not null,
        event_id binary(16) not null,
        primary key (tenant_id, rerun_of, event_id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
