import { Migration } from '../packages/db/src/migration.ts';

export class CreateParameters extends Migration {
  override up(): void {
    this.addSql(`
      create table parameters (
        tenant_id binary(16) not null,
        id binary(16) not null,
        event_type_id binary(16) null,
        action_id binary(16) null,
        \`key\` varchar(100) not null,
        kind varchar(8) not null,
        value text not null,
        primary key (tenant_id, id),
        unique key parameters_tenant_id_event_type_id_key_unique (tenant_id, event_type_id, \`key\`),
        unique key parameters_tenant_id_action_id_key_unique (tenant_id, action_id, \`key\`),
        constraint parameters_one_owner check ((event_type_id is null) <> (action_id is null)),
        constraint parameters_event_type_id_foreign foreign key (tenant_id, event_type_id) references event_types (tenant_id, id),
        constraint parameters_action_id_foreign foreign key (tenant_id, action_id) references actions (tenant_id, id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
