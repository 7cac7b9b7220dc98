import { Migration } from '../packages/db/src/migration.ts';

export class CreateSchedules extends Migration {
  override up(): void {
    this.addSql(`
      create table schedules (
        tenant_id binary(16) not null,
        id binary(16) not null,
        name varchar(100) not null,
        description varchar(500) not null default '',
        event_type_id binary(16) not null,
        cron varchar(200) not null,
        time_zone varchar(64) not null,
        payload mediumblob null,
        pinned_sink_id binary(16) null,
        enabled tinyint(1) not null default false,
        version int not null default 1,
        created_at datetime(3) not null default current_timestamp(3),
        updated_at datetime(3) not null default current_timestamp(3) on update current_timestamp(3),
        primary key (tenant_id, id),
        key schedules_tenant_id_event_type_id_index (tenant_id, event_type_id),
        unique key schedules_tenant_id_name_unique (tenant_id, name),
        constraint schedules_tenant_id_foreign foreign key (tenant_id) references tenants (id),
        constraint schedules_event_type_id_foreign foreign key (tenant_id, event_type_id) references event_types (tenant_id, id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
