import { Migration } from '../packages/db/src/migration.ts';

export class CreateInstanceSettings extends Migration {
  override up(): void {
    this.addSql(`
      create table instance_settings (
        name varchar(64) not null,
        value varchar(500) not null,
        primary key (name)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
