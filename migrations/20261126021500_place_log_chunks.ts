import { Migration } from '../packages/db/src/migration.ts';

export class PlaceLogChunks extends Migration {
  override up(): void {
    this.addSql(`
      alter table log_chunks
        add lines_before int unsigned null,
        add continues int unsigned null,
        add lost_why varchar(200) null,
        add lost_goes_on tinyint(1) null,
        add log_bytes int unsigned null
    `);
  }
}
