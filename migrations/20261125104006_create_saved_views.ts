import { Migration } from '../packages/db/src/migration.ts';

export class CreateSavedViews extends Migration {
  override up(): void {
    this.addSql(`
      create table saved_views (
        tenant_id binary(16) not null,
        id binary(16) not null,
        user_id binary(16) null,
        name varchar(100) not null,
        query varchar(2000) not null,
        columns varchar(4000) not null,
        created_by_id varchar(40) null,
        created_by_name varchar(200) not null,
        version int not null default 1,
        created_at datetime(3) not null default current_timestamp(3),
        updated_at datetime(3) not null default current_timestamp(3) on update current_timestamp(3),
        primary key (tenant_id, id),
        key saved_views_tenant_id_user_id_name_index (tenant_id, user_id, name),
        constraint saved_views_tenant_id_foreign foreign key (tenant_id) references tenants (id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
