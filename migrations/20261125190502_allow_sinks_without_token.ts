import { Migration } from '../packages/db/src/migration.ts';

export class AllowSinksWithoutToken extends Migration {
  override up(): void {
    this.addSql('alter table sinks modify token_hash binary(32) null');
  }
}
