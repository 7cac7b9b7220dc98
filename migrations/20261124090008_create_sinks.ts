import { Migration } from '../packages/db/src/migration.ts';

export class CreateSinks extends Migration {
  override up(): void {
    this.addSql(`
      create table sinks (
        tenant_id binary(16) not null,
        id binary(16) not null,
        name varchar(100) not null,
        sink_type_id binary(16) not null,
        status varchar(16) not null default 'OFFLINE',
        token_hash binary(32) not null,
        slots int not null,
        version varchar(40) null,
        hostname varchar(200) null,
        platform varchar(100) null,
        runtime_version varchar(40) null,
        last_seen_at datetime(3) null,
        created_at datetime(3) not null default current_timestamp(3),
        primary key (tenant_id, id),
        unique key sinks_token_hash_unique (token_hash),
        key sinks_tenant_id_sink_type_id_index (tenant_id, sink_type_id),
        unique key sinks_tenant_id_name_unique (tenant_id, name),
        constraint sinks_sink_type_id_foreign foreign key (tenant_id, sink_type_id) references sink_types (tenant_id, id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
