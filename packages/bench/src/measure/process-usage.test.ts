import { expect, test } from 'vitest';
import { memoryOf, ticksOf } from './process-usage.ts';

test('CPU time is read behind a program name with spaces and brackets', () => {
  expect(ticksOf('4711 (node (a) b) S 1 2 3 0 -1 4194560 900 0 0 0 130 27 5 6 20 0 11 0 1 2 3')).toBe(157);
});

test('memory is given in bytes', () => {
  const status = 'Name:\tnode\nVmPeak:\t 999 kB\nVmHWM:\t  200 kB\nVmRSS:\t  100 kB\n';
  expect(memoryOf(status)).toEqual({ residentBytes: 102_400, peakBytes: 204_800 });
});
