import { Migration } from '../packages/db/src/migration.ts';

export class AddParameterPosition extends Migration {
  override up(): void {
    this.addSql('alter table parameters add position smallint unsigned not null default 0');
  }
}
