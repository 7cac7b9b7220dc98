import { expect, test } from 'vitest';
import { outageReport } from './figures.ts';
import type { Sent } from './steady-sender.ts';

const outage = { from: 100, until: 200, drainedMs: 1_500, restarts: [{ from: 150, until: 160 }] };
const sent = (n: number, more: Partial<Sent> = {}): Sent => ({
  n,
  at: n,
  status: 202,
  said: n < 100 ? 'accepted' : 'buffered',
  ms: 10,
  tries: 1,
  ...more,
});
const all = Array.from({ length: 200 }, (_, n) => sent(n));
const payloads = all.map(({ n }) => `{"n":${n}}`);
const figure = (report: string, name: string) =>
  report
    .split('\n')
    .find((line) => line.startsWith(`| ${name}`))
    ?.split('|')[2]
    ?.trim();

test('what was answered and is no event is lost, what is two events is doubled, what was never answered is refused', () => {
  const refused = { ...sent(7), status: 401, said: 'signature_invalid' };
  const report = outageReport(
    [...all.slice(0, 7), refused, ...all.slice(8)],
    [...payloads.slice(9), '{"n":20}'],
    outage,
  );
  expect(figure(report, 'lost')).toBe('8');
  expect(figure(report, 'doubled')).toBe('1');
  expect(figure(report, 'refused')).toBe('1');
  const good = outageReport(all, payloads, outage);
  expect(['lost', 'doubled', 'refused'].map((name) => figure(good, name))).toEqual(['0', '0', '0']);
});

test('answers are timed apart: with the hub, the first without it, and later ones that did not wait for the edge', () => {
  const slow = all.map((one) => {
    if (one.at < 100) return { ...one, ms: 5 };
    if (one.at < 105) return { ...one, ms: 1_500 };
    return { ...one, ms: one.at >= 150 && one.at < 160 ? 9_000 : 20 };
  });
  const report = outageReport(slow, payloads, outage);
  expect(figure(report, 'answer while')).toBe('5, 5');
  expect(figure(report, 'answer of the first five')).toBe('1500');
  expect(figure(report, 'answer of later')).toBe('20, 20');
  expect(figure(report, 'of these held')).toBe('100');
});
