import { Migration } from '../packages/db/src/migration.ts';

export class CreateUsers extends Migration {
  override up(): void {
    this.addSql(`
      create table users (
        id binary(16) not null,
        email varchar(254) not null,
        name varchar(100) not null,
        created_at datetime(3) not null default current_timestamp(3),
        primary key (id),
        unique key users_email_unique (email)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
