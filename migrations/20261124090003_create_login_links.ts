import { Migration } from '../packages/db/src/migration.ts';

export class CreateLoginLinks extends Migration {
  override up(): void {
    this.addSql(`
      create table login_links (
        token_hash binary(32) not null,
        user_id binary(16) not null,
        expires_at datetime(3) not null,
        used_at datetime(3) null,
        primary key (token_hash),
        key login_links_user_id_index (user_id),
        constraint login_links_user_id_foreign foreign key (user_id) references users (id) on delete cascade
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
