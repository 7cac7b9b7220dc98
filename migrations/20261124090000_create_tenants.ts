import { Migration } from '../packages/db/src/migration.ts';

export class CreateTenants extends Migration {
  override up(): void {
    this.addSql(`
      create table tenants (
        id binary(16) not null,
        slug varchar(63) not null,
        name varchar(100) not null,
        time_zone varchar(64) not null default 'UTC',
        created_at datetime(3) not null default current_timestamp(3),
        primary key (id),
        unique key tenants_slug_unique (slug)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
