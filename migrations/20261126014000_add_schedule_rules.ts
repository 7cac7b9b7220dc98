import { Migration } from '../packages/db/src/migration.ts';

export class AddScheduleRules extends Migration {
  override up(): void {
    this.addSql(`
      alter table schedules
        add kind varchar(8) not null default 'cron',
        modify cron varchar(200) null,
        add at datetime(3) null,
        add starts_at datetime(3) null,
        add ends_at datetime(3) null,
        add jitter_seconds smallint unsigned not null default 0,
        add overlap varchar(16) not null default 'allow',
        add missed varchar(8) not null default 'latest',
        add missed_window_minutes smallint unsigned not null default 1440,
        add pause_after_failures smallint unsigned null,
        add paused_at datetime(3) null,
        add paused_by varchar(200) null,
        add pause_note varchar(500) null,
        add paused_until datetime(3) null,
        add failures_in_row int unsigned not null default 0,
        add skip_due_at datetime(3) null,
        add next_due_at datetime(3) null,
        add waiting_due_at datetime(3) null,
        add held_count int unsigned not null default 0,
        add wake_at datetime(3) null,
        add key schedules_by_wake (wake_at),
        add constraint schedules_kind check (
          (kind = 'cron' and cron is not null and at is null) or (kind = 'at' and cron is null and at is not null)
        )
    `);
  }
}
