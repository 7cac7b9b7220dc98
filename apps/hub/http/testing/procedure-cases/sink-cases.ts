import { newId } from '@nexomatic/contracts/id';
import type { ProcedureCases, World } from './procedure-case.ts';

const attempt = ({ event }: World) => ({ eventId: event.id, attempt: 1 });

export const sinkCases: ProcedureCases = {
  'sink.hello': {
    input: () => ({ version: '0.1.0', hostname: 'host', platform: 'linux', slots: 8, runtimeVersion: '3.11.2' }),
    stranger: 'own',
  },
  'sink.claim': { input: (world) => ({ tickets: [attempt(world)] }), stranger: 'own' },
  'sink.take': {
    input: () => ({ session: '6f1f4d0e-6a8e-4b8e-9a53-3f6f0d9d8c11', slotsFree: 1, waitMs: 0 }),
    stranger: 'own',
  },
  'sink.renew': { input: () => ({ attempts: [] }), stranger: 'own' },
  'sink.appendLogs': {
    input: (world) => ({ chunks: [{ ...attempt(world), seq: 1, channel: 'stdout', at: 0, bytes: { utf8: '' } }] }),
    stranger: 'own',
  },
  'sink.record': {
    input: (world) => ({ reports: [{ ...attempt(world), state: 'SUCCESS', lastLogSeq: 0 }] }),
    stranger: 'own',
  },
  'sink.releaseSecrets': { input: (world) => ({ attempts: [attempt(world)] }), stranger: 'own' },
  'sink.openCheck': {
    input: () => ({ id: '6f1f4d0e-6a8e-4b8e-9a53-3f6f0d9d8c11' }),
    stranger: 'own',
  },
  'sink.answerCheck': {
    input: () => ({ id: '6f1f4d0e-6a8e-4b8e-9a53-3f6f0d9d8c11', outcome: 'failed', message: '' }),
    stranger: 'own',
  },
  'sink.sharesWanted': { input: () => undefined, stranger: 'own' },
  'sink.shareSecret': {
    input: ({ secret, sink }) => ({
      ...{ secretId: secret.id, version: 1, sinkId: sink.id },
      ...{ boxKey: 'A'.repeat(43), box: 'AAAA' },
    }),
    stranger: 'own',
  },
  'sink.boxesToReseal': { input: () => ({ boxKey: 'A'.repeat(43) }), stranger: 'own' },
  'sink.resealBoxes': {
    input: ({ secret }) => ({
      boxKey: 'A'.repeat(43),
      boxes: [{ secretId: secret.id, version: 1, box: 'AAAA' }],
    }),
    stranger: 'own',
  },
  'sink.handBack': { input: () => ({ attempts: [] }), stranger: 'own' },
  'sink.self': { input: () => undefined, stranger: 'own' },
  'sink.tellModules': { input: () => ({ modules: [], truncated: false }), stranger: 'own' },
  'sink.rotateKey': {
    input: () => ({ signKey: 'A'.repeat(43), boxKey: 'A'.repeat(43), proof: 'A'.repeat(86) }),
    stranger: 'own',
  },
  'sink.leave': { input: () => undefined, stranger: 'own' },
  'sink.signals': { input: () => ({}), stranger: 'own' },
  'sink.acknowledge': {
    input: () => ({ acknowledgements: [{ id: newId('signal'), state: 'received' }] }),
    stranger: 'own',
  },
  'sink.setPaused': { input: () => ({ paused: false }), stranger: 'own' },
  'sink.heartbeat': { input: () => ({ slotsBusy: 0, stopping: false }), stranger: 'own' },
};
