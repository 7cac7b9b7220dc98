import { Migration } from '../packages/db/src/migration.ts';

export class CreateEventSearchValues extends Migration {
  override up(): void {
    this.addSql(`
      create table event_search_values (
        tenant_id binary(16) not null,
        path_hash binary(8) not null,
        event_id binary(16) not null,
        value varchar(200) not null,
        number double null,
        primary key (tenant_id, path_hash, event_id),
        key event_search_values_by_value (tenant_id, path_hash, value, event_id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
