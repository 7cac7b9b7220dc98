import { Migration } from '../packages/db/src/migration.ts';

export class IndexLogArchivePartsHotUntil extends Migration {
  override up(): void {
    this.addSql('alter table log_archive_parts add index log_archive_parts_by_hot (hot_until)');
  }
}
