import { Migration } from '../packages/db/src/migration.ts';

export class AddApiTokenScopes extends Migration {
  override up(): void {
    this.addSql(`
      alter table api_tokens
        add hint varchar(8) not null default '',
        add scopes varchar(1000) null,
        add expires_at datetime(3) null
    `);
  }
}
