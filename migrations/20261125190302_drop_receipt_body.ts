import { Migration } from '../packages/db/src/migration.ts';

/** Nothing has used it yet: what is kept of a body has a table of its own. */
export class DropReceiptBody extends Migration {
  override up(): void {
    this.addSql('alter table receipts drop column body');
  }
}
