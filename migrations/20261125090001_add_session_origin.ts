import { Migration } from '../packages/db/src/migration.ts';

export class AddSessionOrigin extends Migration {
  override up(): void {
    this.addSql(`
      alter table sessions
        add remote_address varchar(64) null,
        add method varchar(12) not null default 'link'
    `);
  }
}
