import { Migration } from '../packages/db/src/migration.ts';

export class CreateEvents extends Migration {
  override up(): void {
    this.addSql(`
      create table events (
        tenant_id binary(16) not null,
        id binary(16) not null,
        event_type_id binary(16) not null,
        action_id binary(16) not null,
        sink_type_id binary(16) not null,
        pinned_sink_id binary(16) null,
        source_id binary(16) null,
        receipt_id binary(16) null,
        state enum('QUEUED','RUNNING','SUCCESS','WARNING','ERROR') not null,
        reason varchar(32) null,
        message varchar(500) null,
        attempt smallint unsigned not null default 0,
        stalls tinyint unsigned not null default 0,
        parent_id binary(16) null,
        edge enum('success','failure') null,
        root_id binary(16) not null,
        depth tinyint unsigned not null,
        rerun_of binary(16) null,
        sink_id binary(16) null,
        created_at datetime(3) not null default current_timestamp(3),
        available_at datetime(3) not null,
        started_at datetime(3) null,
        finished_at datetime(3) null,
        lease_until datetime(3) null,
        run_until datetime(3) null,
        expires_at datetime(3) not null,
        due_at datetime(3) null,
        primary key (tenant_id, id),
        key events_by_state (tenant_id, state, id),
        key events_by_type (tenant_id, event_type_id, state, id),
        key events_by_root (tenant_id, root_id, id),
        key events_by_due (due_at),
        unique key events_tenant_id_parent_id_edge_unique (tenant_id, parent_id, edge),
        constraint events_final_has_end check ((state in ('SUCCESS','WARNING','ERROR')) = (finished_at is not null)),
        constraint events_final_has_no_deadline check ((state in ('SUCCESS','WARNING','ERROR')) = (due_at is null)),
        constraint events_running_has_lease check ((state = 'RUNNING') = (lease_until is not null)),
        constraint events_depth check (depth <= 33)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
