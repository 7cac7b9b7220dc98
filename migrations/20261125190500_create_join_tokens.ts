import { Migration } from '../packages/db/src/migration.ts';

export class CreateJoinTokens extends Migration {
  override up(): void {
    this.addSql(`
      create table join_tokens (
        tenant_id binary(16) not null,
        id binary(16) not null,
        token_hash binary(32) not null,
        hint varchar(8) not null,
        sink_type_id binary(16) not null,
        name varchar(100) null,
        labels text null,
        uses int not null,
        uses_left int not null,
        created_at datetime(3) not null default current_timestamp(3),
        expires_at datetime(3) not null,
        revoked_at datetime(3) null,
        created_by binary(16) null,
        primary key (tenant_id, id),
        unique key join_tokens_token_hash_unique (token_hash),
        key join_tokens_tenant_id_sink_type_id_index (tenant_id, sink_type_id),
        constraint join_tokens_sink_type_id_foreign foreign key (tenant_id, sink_type_id) references sink_types (tenant_id, id) on delete cascade
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
