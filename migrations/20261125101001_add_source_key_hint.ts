import { Migration } from '../packages/db/src/migration.ts';

export class AddSourceKeyHint extends Migration {
  override up(): void {
    this.addSql('alter table sources add key_hint varchar(8) null');
  }
}
