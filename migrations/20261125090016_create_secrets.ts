import { Migration } from '../packages/db/src/migration.ts';

export class CreateSecrets extends Migration {
  override up(): void {
    this.addSql(`
      create table secrets (
        tenant_id binary(16) not null,
        id binary(16) not null,
        name varchar(255) not null,
        description varchar(500) not null default '',
        version int not null default 1,
        created_at datetime(3) not null default current_timestamp(3),
        updated_at datetime(3) not null default current_timestamp(3) on update current_timestamp(3),
        primary key (tenant_id, id),
        unique key secrets_tenant_id_name_unique (tenant_id, name),
        constraint secrets_tenant_id_foreign foreign key (tenant_id) references tenants (id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
