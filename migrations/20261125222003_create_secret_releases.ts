import { Migration } from '../packages/db/src/migration.ts';

export class CreateSecretReleases extends Migration {
  override up(): void {
    this.addSql(`
      create table secret_releases (
        tenant_id binary(16) not null,
        event_id binary(16) not null,
        attempt smallint unsigned not null,
        sink_id binary(16) not null,
        released_at datetime(3) not null default current_timestamp(3),
        primary key (tenant_id, event_id, attempt)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
