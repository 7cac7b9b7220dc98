import { Migration } from '../packages/db/src/migration.ts';

export class CreateReceipts extends Migration {
  override up(): void {
    this.addSql(`
      create table receipts (
        tenant_id binary(16) not null,
        id binary(16) not null,
        source_id binary(16) null,
        outcome varchar(12) not null,
        dedupe_key binary(32) null,
        body_sha256 binary(32) not null,
        body_bytes int not null,
        content_type varchar(200) not null,
        remote_address varchar(64) not null,
        headers mediumblob not null,
        event_id binary(16) null,
        duplicates int unsigned not null default 0,
        received_at datetime(3) not null,
        created_at datetime(3) not null default current_timestamp(3),
        primary key (tenant_id, id),
        unique key receipts_tenant_id_source_id_dedupe_key_unique (tenant_id, source_id, dedupe_key)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
