import { Migration } from '../packages/db/src/migration.ts';

export class DescribeLogArchiveParts extends Migration {
  override up(): void {
    this.addSql(`
      alter table log_archive_parts
        add event_type_id binary(16) null,
        add source_id binary(16) null,
        add sink_id binary(16) null,
        add first_at datetime(3) null,
        add last_at datetime(3) null,
        add drift_ms int unsigned null,
        add long_lasting tinyint(1) not null default false,
        add lines_none int unsigned null,
        add lines_debug int unsigned null,
        add lines_info int unsigned null,
        add lines_warn int unsigned null,
        add lines_error int unsigned null,
        add key log_archive_parts_by_time (tenant_id, long_lasting, last_at)
    `);
  }
}
