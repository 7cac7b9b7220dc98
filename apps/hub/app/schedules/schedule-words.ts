import type { MissedRule, OverlapRule, ScheduleStatus } from '@nexomatic/contracts/schedule-api';
import type { OccurrenceOrigin, SkipReason } from '@nexomatic/contracts/schedule-occurrence';

/** What a schedule does while an event of the run before is not finished. */
export const overlapWords: Record<OverlapRule, { word: string; help: string; clause: string }> = {
  allow: {
    word: 'Run both',
    help: 'Each run fires, whatever the one before is at.',
    clause: 'It fires even while the run before is still going.',
  },
  skip: {
    word: 'Skip it',
    help: 'The run is let go, and stands in the history with this reason.',
    clause: 'A run that comes while the one before is still going is skipped.',
  },
  queue_one: {
    word: 'Keep one waiting',
    help: 'One run waits for the end of the one before; further ones are skipped.',
    clause: 'One run waits while the one before is still going; further ones are skipped.',
  },
  cancel_running: {
    word: 'Cancel the one before',
    help: 'The new run wins: what is still going is cancelled.',
    clause: 'A run cancels the one before if that is still going.',
  },
};

/** What becomes of runs that were due while no hub was there. */
export const missedWords: Record<MissedRule, { word: string; help: string }> = {
  latest: { word: 'Run the latest', help: 'One run makes up for all of them.' },
  skip: { word: 'Skip them', help: 'It goes on with the next run.' },
  all: {
    word: 'Hold all of them',
    help: 'They wait until somebody has seen their number, and releases or discards them.',
  },
};

export const statusWords: Record<ScheduleStatus, string> = { on: 'on', paused: 'paused', off: 'off', ended: 'ended' };

/** Why a run was skipped, short for a row and in full. */
export const skipWords: Record<SkipReason, { word: string; sentence: string }> = {
  tenant_suspended: { word: 'tenant stopped', sentence: 'An administrator of the hub had stopped the tenant.' },
  paused: { word: 'paused', sentence: 'The schedule was paused.' },
  switched_off: { word: 'switched off', sentence: 'It waited, and the schedule was switched off meanwhile.' },
  skipped_by_person: { word: 'asked to skip', sentence: 'Somebody asked for this run to be skipped.' },
  blackout: { word: 'blackout', sentence: 'It was due within a blackout window.' },
  missed: { word: 'missed', sentence: 'No hub was there when it was due, and the schedule lets such runs go.' },
  discarded: { word: 'discarded', sentence: 'No hub was there when it was due, and somebody discarded it afterwards.' },
  source_disabled: { word: 'scheduler disabled', sentence: 'The source of the scheduler was disabled.' },
  event_type_disabled: { word: 'event type disabled', sentence: 'Its event type was disabled.' },
  source_kind_refused: { word: 'event type refused', sentence: 'Its event type is not to be fired by schedules.' },
  payload_invalid: { word: 'payload invalid', sentence: 'Its payload no longer passes the schema of the event type.' },
  pin_unfit: {
    word: 'sink unfit',
    sentence: 'The sink that it is pinned to is no longer of the event type’s sink type.',
  },
  overlap: { word: 'overlap', sentence: 'The run before was not finished.' },
};

/** What led to a run, where that is not its time alone. */
export const originWords: Record<OccurrenceOrigin, string | null> = {
  tick: null,
  catch_up: 'Fired late: no hub was there when it was due',
  backfill: 'Fired by a backfill',
  manual: 'Fired by hand',
  held: 'Missed, held and released',
};
