import { Migration } from '../packages/db/src/migration.ts';

export class CreateActions extends Migration {
  override up(): void {
    this.addSql(`
      create table actions (
        tenant_id binary(16) not null,
        id binary(16) not null,
        name varchar(100) not null,
        module varchar(300) not null,
        on_success_id binary(16) null,
        on_failure_id binary(16) null,
        version int not null default 1,
        created_at datetime(3) not null default current_timestamp(3),
        updated_at datetime(3) not null default current_timestamp(3) on update current_timestamp(3),
        primary key (tenant_id, id),
        key actions_tenant_id_on_success_id_index (tenant_id, on_success_id),
        key actions_tenant_id_on_failure_id_index (tenant_id, on_failure_id),
        unique key actions_tenant_id_name_unique (tenant_id, name),
        constraint actions_tenant_id_foreign foreign key (tenant_id) references tenants (id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
