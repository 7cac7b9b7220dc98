import type { ProcedureCases } from './procedure-case.ts';

const settings = {
  namespaceUrl: 'https://orders.westeurope-1.eventgrid.azure.net',
  ...{ topic: 'orders', subscription: 'nexomatic', auth: { kind: 'access_key' } },
};

export const eventGridCases: ProcedureCases = {
  'eventGrid.get': { input: ({ gridSource: { id } }) => ({ id }), stranger: 'not_found' },
  'eventGrid.configure': {
    input: ({ gridSource: { id, version } }) => ({ id, version, settings, credential: 'a key' }),
    stranger: 'not_found',
  },
};
