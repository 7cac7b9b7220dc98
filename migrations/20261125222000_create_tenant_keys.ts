import { Migration } from '../packages/db/src/migration.ts';

export class CreateTenantKeys extends Migration {
  override up(): void {
    this.addSql(`
      create table tenant_keys (
        tenant_id binary(16) not null,
        id binary(16) not null,
        public_key binary(32) not null,
        private_key varbinary(120) not null,
        root_fingerprint varchar(32) not null,
        created_at datetime(3) not null default current_timestamp(3),
        retired_at datetime(3) null,
        primary key (tenant_id, id),
        constraint tenant_keys_tenant_id_foreign foreign key (tenant_id) references tenants (id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
