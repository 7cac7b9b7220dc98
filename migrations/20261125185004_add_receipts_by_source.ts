import { Migration } from '../packages/db/src/migration.ts';

export class AddReceiptsBySource extends Migration {
  override up(): void {
    this.addSql(`
      alter table receipts
        add key receipts_by_source (tenant_id, source_id, id)
    `);
  }
}
