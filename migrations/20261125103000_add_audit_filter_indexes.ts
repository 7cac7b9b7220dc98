import { Migration } from '../packages/db/src/migration.ts';

export class AddAuditFilterIndexes extends Migration {
  override up(): void {
    this.addSql(`
      alter table audit_entries
        add key audit_entries_tenant_id_actor_id_id_index (tenant_id, actor_id, id),
        add key audit_entries_tenant_id_action_id_index (tenant_id, action, id),
        add key audit_entries_tenant_id_object_kind_id_index (tenant_id, object_kind, id)
    `);
  }
}
