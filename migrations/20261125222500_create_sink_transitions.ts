import { Migration } from '../packages/db/src/migration.ts';

export class CreateSinkTransitions extends Migration {
  override up(): void {
    this.addSql(`
      create table sink_transitions (
        tenant_id binary(16) not null,
        id binary(16) not null,
        sink_id binary(16) not null,
        status varchar(16) not null,
        cause varchar(16) not null,
        at datetime(3) not null,
        times int not null default 1,
        last_at datetime(3) not null,
        primary key (tenant_id, id),
        key sink_transitions_tenant_id_sink_id_id_index (tenant_id, sink_id, id),
        key sink_transitions_tenant_id_last_at_index (tenant_id, last_at),
        constraint sink_transitions_sink_id_foreign foreign key (tenant_id, sink_id) references sinks (tenant_id, id) on delete cascade
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
