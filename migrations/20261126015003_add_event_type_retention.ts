import { Migration } from '../packages/db/src/migration.ts';

export class AddEventTypeRetention extends Migration {
  override up(): void {
    this.addSql(`alter table event_types add retention varchar(300) not null default '{}'`);
  }
}
