import { Migration } from '../packages/db/src/migration.ts';

export class CreateScheduleBlackouts extends Migration {
  override up(): void {
    this.addSql(`
      create table schedule_blackouts (
        tenant_id binary(16) not null,
        id binary(16) not null,
        schedule_id binary(16) null,
        name varchar(100) not null,
        span varchar(500) not null,
        version int not null default 1,
        created_at datetime(3) not null default current_timestamp(3),
        updated_at datetime(3) not null default current_timestamp(3) on update current_timestamp(3),
        primary key (tenant_id, id),
        key schedule_blackouts_tenant_id_schedule_id_index (tenant_id, schedule_id),
        key schedule_blackouts_tenant_id_name_index (tenant_id, name),
        constraint schedule_blackouts_tenant_id_foreign foreign key (tenant_id) references tenants (id),
        constraint schedule_blackouts_schedule_id_foreign foreign key (tenant_id, schedule_id) references schedules (tenant_id, id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
