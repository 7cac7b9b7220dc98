import { Migration } from '../packages/db/src/migration.ts';

export class AddActionDescription extends Migration {
  override up(): void {
    this.addSql(`
      alter table actions
        add description varchar(500) not null default ''
    `);
  }
}
