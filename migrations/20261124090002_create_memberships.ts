import { Migration } from '../packages/db/src/migration.ts';

export class CreateMemberships extends Migration {
  override up(): void {
    this.addSql(`
      create table memberships (
        tenant_id binary(16) not null,
        user_id binary(16) not null,
        role varchar(16) not null,
        primary key (tenant_id, user_id),
        key memberships_user_id_index (user_id),
        constraint memberships_tenant_id_foreign foreign key (tenant_id) references tenants (id) on delete cascade,
        constraint memberships_user_id_foreign foreign key (user_id) references users (id) on delete cascade
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
