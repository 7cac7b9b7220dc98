import { Migration } from '../packages/db/src/migration.ts';

export class CreateStorageMeters extends Migration {
  override up(): void {
    this.addSql(`
      create table storage_meters (
        tenant_id binary(16) not null,
        log_bytes bigint unsigned not null,
        payload_bytes bigint unsigned not null,
        measured_at datetime(3) not null,
        primary key (tenant_id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
