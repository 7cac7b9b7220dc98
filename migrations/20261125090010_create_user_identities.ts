import { Migration } from '../packages/db/src/migration.ts';

export class CreateUserIdentities extends Migration {
  override up(): void {
    this.addSql(`
      create table user_identities (
        id binary(16) not null,
        user_id binary(16) not null,
        issuer varchar(200) not null,
        subject varchar(255) not null,
        created_at datetime(3) not null default current_timestamp(3),
        last_used_at datetime(3) null,
        primary key (id),
        key user_identities_user_id_index (user_id),
        unique key user_identities_issuer_subject_unique (issuer, subject),
        constraint user_identities_user_id_foreign foreign key (user_id) references users (id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
