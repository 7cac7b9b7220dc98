import { Migration } from '../packages/db/src/migration.ts';

export class CreateSourceSecrets extends Migration {
  override up(): void {
    this.addSql(`
      create table source_secrets (
        tenant_id binary(16) not null,
        id binary(16) not null,
        source_id binary(16) not null,
        hint varchar(8) not null default '',
        wrapped varbinary(8192) not null,
        created_at datetime(3) not null default current_timestamp(3),
        retires_at datetime(3) null,
        revoked_at datetime(3) null,
        last_used_at datetime(3) null,
        primary key (tenant_id, id),
        key source_secrets_tenant_id_source_id_index (tenant_id, source_id),
        constraint source_secrets_source_id_foreign foreign key (tenant_id, source_id) references sources (tenant_id, id) on delete cascade
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
