import { Migration } from '../packages/db/src/migration.ts';

export class CreateEventTypes extends Migration {
  override up(): void {
    this.addSql(`
      create table event_types (
        tenant_id binary(16) not null,
        id binary(16) not null,
        name varchar(100) not null,
        sink_type_id binary(16) not null,
        action_id binary(16) not null,
        source_kind varchar(16) null,
        enabled tinyint(1) not null default true,
        max_attempts smallint not null default 1,
        backoff_seconds int not null default 10,
        timeout_seconds int not null default 600,
        queue_ttl_seconds int not null default 604800,
        rerun_when_lost tinyint(1) not null default false,
        version int not null default 1,
        created_at datetime(3) not null default current_timestamp(3),
        updated_at datetime(3) not null default current_timestamp(3) on update current_timestamp(3),
        primary key (tenant_id, id),
        key event_types_tenant_id_sink_type_id_index (tenant_id, sink_type_id),
        key event_types_tenant_id_action_id_index (tenant_id, action_id),
        unique key event_types_tenant_id_name_unique (tenant_id, name),
        constraint event_types_sink_type_id_foreign foreign key (tenant_id, sink_type_id) references sink_types (tenant_id, id),
        constraint event_types_action_id_foreign foreign key (tenant_id, action_id) references actions (tenant_id, id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
