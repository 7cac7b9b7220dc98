import { Migration } from '../packages/db/src/migration.ts';

export class AddRequestFacts extends Migration {
  override up(): void {
    this.addSql(`
      alter table receipts
        add status smallint unsigned null,
        add cause varchar(40) null,
        add detail varchar(300) null,
        add secret_id binary(16) null,
        add body mediumblob null,
        add replay_of binary(16) null
    `);
  }
}
