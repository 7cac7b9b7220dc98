import { Migration } from '../packages/db/src/migration.ts';

export class AddSourceSettings extends Migration {
  override up(): void {
    this.addSql(`
      alter table sources add settings text null
    `);
  }
}
