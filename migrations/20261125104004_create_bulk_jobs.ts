import { Migration } from '../packages/db/src/migration.ts';

export class CreateBulkJobs extends Migration {
  override up(): void {
    this.addSql(`
      create table bulk_jobs (
        tenant_id binary(16) not null,
        id binary(16) not null,
        name varchar(100) not null,
        action varchar(12) not null,
        query varchar(2000) not null,
        skip_rerun tinyint(1) not null default false,
        until datetime(3) not null,
        state varchar(12) not null default 'RUNNING',
        message varchar(500) null,
        counted int not null,
        counted_more tinyint(1) not null,
        done int not null default 0,
        skipped int not null default 0,
        failed int not null default 0,
        position varchar(200) null,
        held_until datetime(3) null,
        held_by varchar(40) null,
        created_by_id varchar(40) null,
        created_by_name varchar(200) not null,
        created_at datetime(3) not null default current_timestamp(3),
        finished_at datetime(3) null,
        primary key (tenant_id, id),
        key bulk_jobs_state_held_until_index (state, held_until),
        constraint bulk_jobs_tenant_id_foreign foreign key (tenant_id) references tenants (id),
        constraint bulk_jobs_final_has_end check ((state <> 'RUNNING') = (finished_at is not null))
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
