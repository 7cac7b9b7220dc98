import { Migration } from '../packages/db/src/migration.ts';

export class CreateSinkTypes extends Migration {
  override up(): void {
    this.addSql(`
      create table sink_types (
        tenant_id binary(16) not null,
        id binary(16) not null,
        name varchar(100) not null,
        runtime varchar(16) not null,
        primary key (tenant_id, id),
        unique key sink_types_tenant_id_name_unique (tenant_id, name),
        constraint sink_types_tenant_id_foreign foreign key (tenant_id) references tenants (id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
