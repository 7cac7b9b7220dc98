import { Migration } from '../packages/db/src/migration.ts';

export class CreateReceiptBodies extends Migration {
  override up(): void {
    this.addSql(`
      create table receipt_bodies (
        tenant_id binary(16) not null,
        receipt_id binary(16) not null,
        body mediumblob not null,
        created_at datetime(3) not null default current_timestamp(3),
        primary key (tenant_id, receipt_id),
        key receipt_bodies_by_age (created_at)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
