import { newId } from '@nexomatic/contracts/id';
import type { ProcedureCases } from './procedure-case.ts';

const keys = { signKey: 'A'.repeat(43), boxKey: 'A'.repeat(43), proof: 'A'.repeat(86) };

export const enrolmentCases: ProcedureCases = {
  'enrolment.join': {
    input: () => ({
      token: `nxj_${'A'.repeat(43)}`,
      ...keys,
      hostname: 'host',
      platform: 'linux-x64',
      version: '0.1.0',
    }),
    stranger: 'own',
  },
  'enrolment.challenge': { input: () => ({ sinkId: newId('sink') }), stranger: 'own' },
  'enrolment.token': {
    input: () => ({ sinkId: newId('sink'), nonce: 'none', signature: 'A'.repeat(86) }),
    stranger: 'own',
  },
};
