import { Migration } from '../packages/db/src/migration.ts';

export class CreateLogChunks extends Migration {
  override up(): void {
    this.addSql(`
      create table log_chunks (
        tenant_id binary(16) not null,
        event_id binary(16) not null,
        attempt smallint unsigned not null,
        seq int unsigned not null,
        channel varchar(8) not null,
        at datetime(3) not null,
        body mediumblob not null,
        primary key (tenant_id, event_id, attempt, seq)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
