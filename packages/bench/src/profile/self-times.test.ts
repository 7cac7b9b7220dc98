import { expect, test } from 'vitest';
import { type CpuProfile, selfTimes } from './self-times.ts';

const node = (id: number, functionName: string, url: string, lineNumber: number) => ({
  id,
  callFrame: { functionName, url, lineNumber },
});
const profile: CpuProfile = {
  nodes: [
    node(1, '(idle)', '', -1),
    node(2, '(garbage collector)', '', -1),
    node(3, 'add', 'file:///home/me/nexomatic/packages/coalesce/src/coalesce.ts', 9),
    node(4, 'add', 'file:///home/me/nexomatic/packages/coalesce/src/coalesce.ts', 9),
    node(5, 'parse', 'file:///home/me/nexomatic/node_modules/.pnpm/x@1/node_modules/@trpc/server/dist/a.mjs', 0),
    node(6, 'writeBuffer', 'node:internal/stream', 4),
  ],
  samples: [1, 3, 4, 2, 5, 6],
  timeDeltas: [9_000, 100, 200, 150, 50, 25],
};

test('time in one function is one figure however it was reached, and idle time is none', () => {
  expect(selfTimes(profile, 'function')).toEqual([
    { where: 'add  packages/coalesce/src/coalesce.ts:10', micros: 300 },
    { where: '(garbage collector)', micros: 150 },
    { where: 'parse  @trpc/server/dist/a.mjs:1', micros: 50 },
    { where: 'writeBuffer  node:internal/stream:5', micros: 25 },
  ]);
});

test('functions are summed by the package that they come from', () => {
  expect(selfTimes(profile, 'package').map(({ where }) => where)).toEqual([
    'packages/coalesce',
    '(garbage collector)',
    '@trpc/server',
    'node',
  ]);
});
