import { Migration } from '../packages/db/src/migration.ts';

export class CreateEventGridPolls extends Migration {
  override up(): void {
    this.addSql(`
      create table event_grid_polls (
        tenant_id binary(16) not null,
        source_id binary(16) not null,
        slot smallint unsigned not null,
        number bigint unsigned not null,
        started_at datetime(3) not null,
        duration_ms int unsigned not null,
        outcome varchar(12) not null,
        received int unsigned not null,
        accepted int unsigned not null,
        duplicates int unsigned not null,
        rejected int unsigned not null,
        released int unsigned not null,
        detail varchar(300) null,
        primary key (tenant_id, source_id, slot),
        constraint event_grid_polls_source_id_foreign foreign key (tenant_id, source_id) references sources (tenant_id, id) on delete cascade
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
