import { Migration } from '../packages/db/src/migration.ts';

export class CreateSinkSignals extends Migration {
  override up(): void {
    this.addSql(`
      create table sink_signals (
        tenant_id binary(16) not null,
        id binary(16) not null,
        sink_id binary(16) not null,
        kind varchar(16) not null,
        event_id binary(16) null,
        attempt int null,
        created_by varchar(100) not null,
        sent_at datetime(3) not null default current_timestamp(3),
        received_at datetime(3) null,
        done_at datetime(3) null,
        outcome varchar(10) null,
        detail varchar(500) not null default '',
        primary key (tenant_id, id),
        key sink_signals_tenant_id_sink_id_index (tenant_id, sink_id),
        key sink_signals_done_at_index (done_at),
        constraint sink_signals_sink_id_foreign foreign key (tenant_id, sink_id) references sinks (tenant_id, id) on delete cascade
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
