import { Migration } from '../packages/db/src/migration.ts';

export class LinkActionsToEventTypes extends Migration {
  override up(): void {
    this.addSql(`
      alter table actions
        add constraint actions_on_success_id_foreign foreign key (tenant_id, on_success_id) references event_types (tenant_id, id),
        add constraint actions_on_failure_id_foreign foreign key (tenant_id, on_failure_id) references event_types (tenant_id, id)
    `);
  }
}
