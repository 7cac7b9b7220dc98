import { Migration } from '../packages/db/src/migration.ts';

export class CreateApiTokens extends Migration {
  override up(): void {
    this.addSql(`
      create table api_tokens (
        tenant_id binary(16) not null,
        id binary(16) not null,
        name varchar(100) not null,
        token_hash binary(32) not null,
        created_at datetime(3) not null default current_timestamp(3),
        last_used_at datetime(3) null,
        revoked_at datetime(3) null,
        created_by binary(16) null,
        primary key (tenant_id, id),
        unique key api_tokens_token_hash_unique (token_hash),
        constraint api_tokens_tenant_id_foreign foreign key (tenant_id) references tenants (id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
