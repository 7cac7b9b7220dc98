import { Migration } from '../packages/db/src/migration.ts';

export class AddLogArchivePartsHotUntil extends Migration {
  override up(): void {
    this.addSql('alter table log_archive_parts add hot_until datetime(3) null');
  }
}
