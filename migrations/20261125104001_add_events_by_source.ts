import { Migration } from '../packages/db/src/migration.ts';

export class AddEventsBySource extends Migration {
  override up(): void {
    this.addSql(`
      alter table events
        add index events_by_source (tenant_id, source_id, id)
    `);
  }
}
