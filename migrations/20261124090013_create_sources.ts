import { Migration } from '../packages/db/src/migration.ts';

export class CreateSources extends Migration {
  override up(): void {
    this.addSql(`
      create table sources (
        tenant_id binary(16) not null,
        id binary(16) not null,
        name varchar(100) not null,
        kind varchar(16) not null,
        key_hash binary(32) null,
        event_type_id binary(16) null,
        enabled tinyint(1) not null default true,
        sniff_json tinyint(1) not null default true,
        created_at datetime(3) not null default current_timestamp(3),
        primary key (tenant_id, id),
        unique key sources_key_hash_unique (key_hash),
        key sources_tenant_id_event_type_id_index (tenant_id, event_type_id),
        unique key sources_tenant_id_name_unique (tenant_id, name),
        constraint sources_tenant_id_foreign foreign key (tenant_id) references tenants (id),
        constraint sources_event_type_id_foreign foreign key (tenant_id, event_type_id) references event_types (tenant_id, id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
