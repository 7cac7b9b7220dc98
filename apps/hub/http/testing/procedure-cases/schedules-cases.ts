import { aNight, type ProcedureCases } from './procedure-case.ts';

const aPastDay = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z' };

export const schedulesCases: ProcedureCases = {
  'schedules.list': { input: () => ({}), stranger: 'own' },
  'schedules.preview': { input: () => ({ cron: '0 9 * * 1-5' }), stranger: 'own' },
  'schedules.get': { input: ({ schedule: { id } }) => ({ id }), stranger: 'not_found' },
  'schedules.create': {
    input: ({ schedule: { cron, timeZone, eventTypeId } }) => ({ name: 'new-schedule', cron, timeZone, eventTypeId }),
    // The event type in it is not this tenant's: the answer is the same as for one that does not exist.
    stranger: 'own',
  },
  'schedules.update': {
    input: ({ schedule: { id, version, name, cron, timeZone, eventTypeId } }) => ({
      ...{ id, version, name, cron, timeZone, eventTypeId },
    }),
    stranger: 'not_found',
  },
  'schedules.delete': { input: ({ schedule: { id } }) => ({ id }), stranger: 'not_found' },
  'schedules.enable': { input: ({ schedule: { id } }) => ({ id }), stranger: 'not_found' },
  'schedules.disable': { input: ({ schedule: { id } }) => ({ id }), stranger: 'not_found' },
  'schedules.pause': { input: ({ schedule: { id } }) => ({ id, note: 'moving' }), stranger: 'not_found' },
  'schedules.resume': { input: ({ schedule: { id } }) => ({ id }), stranger: 'not_found' },
  'schedules.upcoming': { input: () => ({ hours: 24 }), stranger: 'own' },
  'schedules.occurrences': { input: ({ schedule: { id } }) => ({ id }), stranger: 'not_found' },
  'schedules.runNow': { input: ({ schedule: { id } }) => ({ id }), stranger: 'not_found' },
  'schedules.skipNext': {
    input: ({ schedule: { id } }) => ({ id, dueAt: '2026-01-01T09:00:00Z' }),
    stranger: 'not_found',
  },
  'schedules.unskip': { input: ({ schedule: { id } }) => ({ id }), stranger: 'not_found' },
  'schedules.backfillPreview': { input: ({ schedule: { id } }) => ({ id, ...aPastDay }), stranger: 'not_found' },
  'schedules.backfill': { input: ({ schedule: { id } }) => ({ id, ...aPastDay, count: 1 }), stranger: 'not_found' },
  'schedules.releaseHeld': { input: ({ schedule: { id } }) => ({ id, count: 1 }), stranger: 'not_found' },
  'schedules.discardHeld': { input: ({ schedule: { id } }) => ({ id, count: 1 }), stranger: 'not_found' },
  'schedules.changes': { input: () => undefined, stranger: 'own' },
  'blackouts.list': { input: () => ({}), stranger: 'own' },
  'blackouts.get': { input: ({ blackout: { id } }) => ({ id }), stranger: 'not_found' },
  'blackouts.create': {
    // The schedule in it is not this tenant's: the answer is the same as for one that does not exist.
    input: ({ schedule: { id } }) => ({ name: 'Night', scheduleId: id, window: aNight }),
    stranger: 'own',
  },
  'blackouts.update': {
    input: ({ blackout: { id, version } }) => ({ id, version, name: 'Night', window: aNight }),
    stranger: 'not_found',
  },
  'blackouts.delete': { input: ({ blackout: { id } }) => ({ id }), stranger: 'not_found' },
};
