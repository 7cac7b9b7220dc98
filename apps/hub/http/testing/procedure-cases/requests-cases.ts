import type { ProcedureCases } from './procedure-case.ts';

export const requestsCases: ProcedureCases = {
  'requests.list': { input: ({ source: { id } }) => ({ source: id }), stranger: 'not_found' },
  'requests.get': { input: ({ request: { id } }) => ({ id }), stranger: 'not_found' },
  'requests.replay': { input: ({ request: { id } }) => ({ id }), stranger: 'not_found' },
  'requests.listen': { input: ({ source: { id } }) => ({ source: id }), stranger: 'not_found' },
};
