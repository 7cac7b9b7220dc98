import { Migration } from '../packages/db/src/migration.ts';

export class CreateEventGridConsumers extends Migration {
  override up(): void {
    this.addSql(`
      create table event_grid_consumers (
        tenant_id binary(16) not null,
        source_id binary(16) not null,
        owner varchar(100) null,
        lease_until datetime(3) null,
        in_flight int unsigned not null default 0,
        lag_ms bigint unsigned null,
        last_poll_at datetime(3) null,
        last_event_at datetime(3) null,
        next_poll_at datetime(3) null,
        failures int unsigned not null default 0,
        last_error varchar(300) null,
        last_error_at datetime(3) null,
        polls bigint unsigned not null default 0,
        received bigint unsigned not null default 0,
        accepted bigint unsigned not null default 0,
        duplicates bigint unsigned not null default 0,
        rejected bigint unsigned not null default 0,
        released bigint unsigned not null default 0,
        primary key (tenant_id, source_id),
        constraint event_grid_consumers_source_id_foreign foreign key (tenant_id, source_id) references sources (tenant_id, id) on delete cascade
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
