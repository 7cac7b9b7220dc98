import { Migration } from '../packages/db/src/migration.ts';

export class CreateSecretBoxes extends Migration {
  override up(): void {
    // What is sealed to a sink that is gone opens nowhere.
    this.addSql(`
      create table secret_boxes (
        tenant_id binary(16) not null,
        secret_id binary(16) not null,
        sink_id binary(16) not null,
        box_key binary(32) not null,
        version int unsigned null,
        box mediumblob null,
        sealed_at datetime(3) null,
        next_key binary(32) null,
        next_box mediumblob null,
        approved_by varchar(200) not null,
        approved_at datetime(3) not null default current_timestamp(3),
        primary key (tenant_id, secret_id, sink_id),
        key secret_boxes_tenant_id_sink_id_index (tenant_id, sink_id),
        key secret_boxes_version_index (version),
        constraint secret_boxes_box_has_version check ((\`box\` is null) = (\`version\` is null)),
        constraint secret_boxes_next_has_key check ((\`next_box\` is null) = (\`next_key\` is null)),
        constraint secret_boxes_secret_id_foreign foreign key (tenant_id, secret_id) references secrets (tenant_id, id) on delete cascade,
        constraint secret_boxes_sink_id_foreign foreign key (tenant_id, sink_id) references sinks (tenant_id, id) on delete cascade
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
