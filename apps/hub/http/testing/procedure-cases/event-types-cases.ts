import type { ProcedureCase, ProcedureCases, World } from './procedure-case.ts';

const named = (input: (world: World) => unknown): ProcedureCase => ({ input, stranger: 'not_found' });
const ofId = named(({ eventType: { id } }) => ({ id }));

export const eventTypesCases: ProcedureCases = {
  'eventTypes.list': { input: () => ({}), stranger: 'own' },
  'eventTypes.get': ofId,
  'eventTypes.create': {
    input: ({ sinkType }) => ({
      name: 'new-type',
      sinkTypeId: sinkType.id,
      newAction: { name: 'action-of-new-type', module: 'new.run' },
    }),
    stranger: 'own',
  },
  'eventTypes.update': named(({ eventType: { id, version, name, sinkTypeId, actionId } }) => {
    return { id, version, name, sinkTypeId, actionId };
  }),
  'eventTypes.delete': ofId,
  'eventTypes.enable': ofId,
  'eventTypes.disable': ofId,
  'eventTypes.versions': ofId,
  'eventTypes.restore': named(({ eventType: { id, version } }) => ({ id, version, restore: 1 })),
  'eventTypes.check': ofId,
  'eventTypes.chain': ofId,
  'eventTypes.samples': ofId,
  'eventTypes.dryRun': ofId,
};
