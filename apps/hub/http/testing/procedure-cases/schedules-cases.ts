import type { ProcedureCases } from './procedure-case.ts';

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
};
