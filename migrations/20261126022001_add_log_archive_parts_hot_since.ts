import { Migration } from '../packages/db/src/migration.ts';

export class AddLogArchivePartsHotSince extends Migration {
  override up(): void {
    this.addSql('alter table log_archive_parts add hot_since datetime(3) null');
  }
}
