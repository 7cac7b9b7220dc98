import { Migration } from '../packages/db/src/migration.ts';

export class MeasureLogChunks extends Migration {
  override up(): void {
    this.addSql(`
      alter table log_chunks
        add encoding varchar(8) null,
        add line_count int unsigned null,
        add error_count int unsigned null
    `);
  }
}
