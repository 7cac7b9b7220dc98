import { Migration } from '../packages/db/src/migration.ts';

export class AddEventCancellation extends Migration {
  override up(): void {
    this.addSql(`
      alter table events
        add schedule_id binary(16) null,
        add cancel_requested_at datetime(3) null
    `);
  }
}
