import { Migration } from '../packages/db/src/migration.ts';

export class CreateLogArchives extends Migration {
  override up(): void {
    this.addSql(`
      create table log_archives (
        tenant_id binary(16) not null,
        id binary(16) not null,
        kind varchar(8) not null,
        event_type_id binary(16) null,
        state varchar(10) not null,
        size int unsigned not null,
        bytes bigint unsigned not null,
        sha256 binary(32) null,
        newest_at datetime(3) not null,
        created_at datetime(3) not null default current_timestamp(3),
        primary key (tenant_id, id),
        key log_archives_by_state (tenant_id, state),
        key log_archives_by_age (tenant_id, kind, newest_at)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
