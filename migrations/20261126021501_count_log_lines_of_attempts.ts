import { Migration } from '../packages/db/src/migration.ts';

export class CountLogLinesOfAttempts extends Migration {
  override up(): void {
    this.addSql('alter table attempts add last_log_line int unsigned null');
  }
}
