import { Migration } from '../packages/db/src/migration.ts';

export class CreateEventPayloads extends Migration {
  override up(): void {
    this.addSql(`
      create table event_payloads (
        tenant_id binary(16) not null,
        event_id binary(16) not null,
        body mediumblob not null,
        content_type varchar(200) not null,
        primary key (tenant_id, event_id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
