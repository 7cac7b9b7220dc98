import { newId } from '@nexomatic/contracts/id';
import type { ProcedureCases } from './procedure-case.ts';

const attempt = () => ({ eventId: newId('event'), attempt: 1 });

export const sinkCases: ProcedureCases = {
  'sink.hello': {
    input: () => ({ version: '1.2.3', hostname: 'host', platform: 'linux', slots: 8, runtimeVersion: '3.11.2' }),
    stranger: 'own',
  },
  'sink.claim': { input: () => ({ tickets: [attempt()] }), stranger: 'own' },
  'sink.renew': { input: () => ({ attempts: [] }), stranger: 'own' },
  'sink.appendLogs': {
    input: () => ({ chunks: [{ ...attempt(), seq: 1, channel: 'stdout', at: 0, bytes: { utf8: '' } }] }),
    stranger: 'own',
  },
  'sink.record': { input: () => ({ reports: [{ ...attempt(), state: 'SUCCESS', lastLogSeq: 0 }] }), stranger: 'own' },
  'sink.handBack': { input: () => ({ attempts: [] }), stranger: 'own' },
  'sink.heartbeat': { input: () => ({ slotsBusy: 0, stopping: false }), stranger: 'own' },
};
