import { Migration } from '../packages/db/src/migration.ts';

export class CreateDefinitionVersions extends Migration {
  override up(): void {
    this.addSql(`
      create table definition_versions (
        tenant_id binary(16) not null,
        definition_id varchar(40) not null,
        version int unsigned not null,
        body mediumblob not null,
        author_id varchar(40) null,
        author_name varchar(200) not null,
        created_at datetime(3) not null default current_timestamp(3),
        primary key (tenant_id, definition_id, version),
        constraint definition_versions_tenant_id_foreign foreign key (tenant_id) references tenants (id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
