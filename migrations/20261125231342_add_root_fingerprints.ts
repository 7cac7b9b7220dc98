import { Migration } from '../packages/db/src/migration.ts';

export class AddRootFingerprints extends Migration {
  override up(): void {
    this.addSql('alter table source_secrets add root_fingerprint varchar(32) null');
  }
}
