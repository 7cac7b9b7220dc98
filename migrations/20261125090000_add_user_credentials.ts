import { Migration } from '../packages/db/src/migration.ts';

export class AddUserCredentials extends Migration {
  override up(): void {
    this.addSql(`
      alter table users
        add password_hash varchar(200) null,
        add instance_admin tinyint(1) not null default false,
        add disabled_at datetime(3) null
    `);
  }
}
