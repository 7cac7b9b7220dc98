import type { PlannedRun } from '@nexomatic/contracts/schedule-preview';

/** What the hub says of a schedule that is being written. Faults stand under the name of their field. */
export interface SchedulePreview {
  words: string | null;
  timeZone: string;
  runs: PlannedRun[];
  /** What may not be meant. */
  warnings: string[];
  faults: Partial<Record<'cron' | 'at' | 'timeZone' | 'startsAt' | 'endsAt' | 'jitterSeconds', string>>;
  /** Where the payload does not fit the event type's schema. */
  payloadFaults: string[];
}
