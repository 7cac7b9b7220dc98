import { Migration } from '../packages/db/src/migration.ts';

export class NoteStatusOfSinks extends Migration {
  override up(): void {
    this.addSql('alter table sinks add noted_status varchar(16) null');
  }
}
