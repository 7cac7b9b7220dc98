import { Migration } from '../packages/db/src/migration.ts';

export class CreateLogArchiveParts extends Migration {
  override up(): void {
    this.addSql(`
      create table log_archive_parts (
        tenant_id binary(16) not null,
        event_id binary(16) not null,
        attempt smallint unsigned not null,
        kind varchar(8) not null,
        archive_id binary(16) not null,
        chunks int unsigned not null,
        bytes int unsigned not null,
        blocks text not null,
        outline mediumtext not null,
        primary key (tenant_id, event_id, attempt, kind),
        key log_archive_parts_by_archive (tenant_id, archive_id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
