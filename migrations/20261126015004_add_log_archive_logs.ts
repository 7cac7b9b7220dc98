import { Migration } from '../packages/db/src/migration.ts';

export class AddLogArchiveLogs extends Migration {
  override up(): void {
    this.addSql('alter table log_archives add logs int unsigned not null default 0');
  }
}
