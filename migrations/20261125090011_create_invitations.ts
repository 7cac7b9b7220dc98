import { Migration } from '../packages/db/src/migration.ts';

export class CreateInvitations extends Migration {
  override up(): void {
    this.addSql(`
      create table invitations (
        tenant_id binary(16) not null,
        id binary(16) not null,
        email varchar(254) not null,
        role varchar(16) not null,
        token_hash binary(32) not null,
        invited_by binary(16) null,
        created_at datetime(3) not null default current_timestamp(3),
        expires_at datetime(3) not null,
        accepted_at datetime(3) null,
        revoked_at datetime(3) null,
        primary key (tenant_id, id),
        unique key invitations_token_hash_unique (token_hash),
        constraint invitations_tenant_id_foreign foreign key (tenant_id) references tenants (id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
