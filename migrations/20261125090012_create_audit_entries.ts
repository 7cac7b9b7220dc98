import { Migration } from '../packages/db/src/migration.ts';

export class CreateAuditEntries extends Migration {
  override up(): void {
    this.addSql(`
      create table audit_entries (
        tenant_id binary(16) not null,
        id binary(16) not null,
        at datetime(3) not null default current_timestamp(3),
        actor_kind varchar(12) not null,
        actor_id varchar(40) null,
        actor_name varchar(200) not null,
        action varchar(64) not null,
        object_kind varchar(24) not null,
        object_id varchar(40) null,
        object_name varchar(200) not null,
        \`before\` mediumblob null,
        after mediumblob null,
        remote_address varchar(64) not null,
        request_id varchar(64) not null,
        primary key (tenant_id, id),
        key audit_entries_tenant_id_object_id_id_index (tenant_id, object_id, id),
        constraint audit_entries_tenant_id_foreign foreign key (tenant_id) references tenants (id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
