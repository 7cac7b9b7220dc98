import { Migration } from '../packages/db/src/migration.ts';

export class CreateBulkResults extends Migration {
  override up(): void {
    this.addSql(`
      create table bulk_results (
        tenant_id binary(16) not null,
        bulk_job_id binary(16) not null,
        event_id binary(16) not null,
        outcome varchar(8) not null,
        result_event_id binary(16) null,
        message varchar(500) null,
        primary key (tenant_id, bulk_job_id, event_id),
        key bulk_results_tenant_id_bulk_job_id_result_event_id_index (tenant_id, bulk_job_id, result_event_id),
        key bulk_results_tenant_id_bulk_job_id_outcome_event_id_index (tenant_id, bulk_job_id, outcome, event_id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
