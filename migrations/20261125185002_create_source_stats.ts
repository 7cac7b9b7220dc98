import { Migration } from '../packages/db/src/migration.ts';

export class CreateSourceStats extends Migration {
  override up(): void {
    this.addSql(`
      create table source_stats (
        tenant_id binary(16) not null,
        source_id binary(16) not null,
        slot datetime not null,
        outcome varchar(12) not null,
        n int unsigned not null,
        primary key (tenant_id, source_id, slot, outcome),
        key source_stats_by_slot (slot)
      ) default character set utf8mb4 collate utf8mb4_bin engine = InnoDB
    `);
  }
}
