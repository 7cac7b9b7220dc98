import { Migration } from '../packages/db/src/migration.ts';

export class CreateSessions extends Migration {
  override up(): void {
    this.addSql(`
      create table sessions (
        id binary(16) not null,
        token_hash binary(32) not null,
        user_id binary(16) not null,
        created_at datetime(3) not null default current_timestamp(3),
        last_seen_at datetime(3) not null,
        expires_at datetime(3) not null,
        user_agent varchar(300) null,
        primary key (id),
        unique key sessions_token_hash_unique (token_hash),
        key sessions_user_id_index (user_id),
        constraint sessions_user_id_foreign foreign key (user_id) references users (id) on delete cascade
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
