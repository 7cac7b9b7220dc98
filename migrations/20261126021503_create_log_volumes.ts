import { Migration } from '../packages/db/src/migration.ts';

export class CreateLogVolumes extends Migration {
  override up(): void {
    this.addSql(`
      create table log_volumes (
        tenant_id binary(16) not null,
        day date not null,
        log_bytes bigint unsigned not null,
        primary key (tenant_id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
