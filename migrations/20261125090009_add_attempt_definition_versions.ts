import { Migration } from '../packages/db/src/migration.ts';

export class AddAttemptDefinitionVersions extends Migration {
  override up(): void {
    this.addSql(`
      alter table attempts
        add event_type_version int null,
        add action_version int null
    `);
  }
}
