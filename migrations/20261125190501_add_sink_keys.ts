import { Migration } from '../packages/db/src/migration.ts';

export class AddSinkKeys extends Migration {
  override up(): void {
    this.addSql(`
      alter table sinks
        add sign_key binary(32) null,
        add box_key binary(32) null,
        add join_token_id binary(16) null,
        add transport varchar(8) null,
        add labels text null,
        add paused_at datetime(3) null,
        add inventory mediumtext null,
        add unique key sinks_sign_key_unique (sign_key)
    `);
  }
}
