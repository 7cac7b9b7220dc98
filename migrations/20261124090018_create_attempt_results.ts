import { Migration } from '../packages/db/src/migration.ts';

export class CreateAttemptResults extends Migration {
  override up(): void {
    this.addSql(`
      create table attempt_results (
        tenant_id binary(16) not null,
        event_id binary(16) not null,
        number smallint unsigned not null,
        body mediumblob not null,
        primary key (tenant_id, event_id, number)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
