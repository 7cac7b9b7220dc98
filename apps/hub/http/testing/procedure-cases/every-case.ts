import { actionsCases } from './actions-cases.ts';
import { eventsCases } from './events-cases.ts';
import type { ProcedureCases } from './procedure-case.ts';
import { sessionCases } from './session-cases.ts';
import { sinkCases } from './sink-cases.ts';

/** One case for every procedure of the router; a procedure without one fails the sweep. */
export const everyCase: ProcedureCases = {
  ...actionsCases,
  ...eventsCases,
  ...sessionCases,
  ...sinkCases,
};
