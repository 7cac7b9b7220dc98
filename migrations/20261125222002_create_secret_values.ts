import { Migration } from '../packages/db/src/migration.ts';

export class CreateSecretValues extends Migration {
  override up(): void {
    // A key of a tenant can not be dropped while a value is sealed to it.
    this.addSql(`
      create table secret_values (
        tenant_id binary(16) not null,
        secret_id binary(16) not null,
        version int unsigned not null,
        key_id binary(16) null,
        box mediumblob null,
        size int not null,
        short tinyint(1) not null,
        created_at datetime(3) not null default current_timestamp(3),
        created_by varchar(200) not null,
        kept_until datetime(3) null,
        primary key (tenant_id, secret_id, version),
        key secret_values_tenant_id_key_id_index (tenant_id, key_id),
        key secret_values_kept_until_index (kept_until),
        constraint secret_values_box_has_key check ((\`box\` is null) = (\`key_id\` is null)),
        constraint secret_values_secret_id_foreign foreign key (tenant_id, secret_id) references secrets (tenant_id, id) on delete cascade,
        constraint secret_values_key_id_foreign foreign key (tenant_id, key_id) references tenant_keys (tenant_id, id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
