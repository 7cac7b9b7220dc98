import { Migration } from '../packages/db/src/migration.ts';

export class CreateReceiptEvents extends Migration {
  override up(): void {
    this.addSql(`
      create table receipt_events (
        tenant_id binary(16) not null,
        receipt_id binary(16) not null,
        event_id binary(16) not null,
        primary key (tenant_id, receipt_id, event_id)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
