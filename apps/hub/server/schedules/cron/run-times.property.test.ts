import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cronFault } from './check-cron.ts';
import { instantsBetween, nextInstant, runsAfter, type Timing } from './run-times.ts';
import { offsetAt } from './zone-shifts.ts';

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Antarctica/Troll'];
const oneField = (from: number, to: number): fc.Arbitrary<string> => {
  const value = fc.integer({ min: from, max: to });
  const range = fc.tuple(value, value).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`);
  const step = fc.integer({ min: 1, max: Math.max(to, 1) });
  const stepped = fc.tuple(fc.oneof(fc.constant('*'), range), step).map(([base, by]) => `${base}/${by}`);
  const item = fc.oneof(value.map(String), range, stepped);
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant('*') },
    fc.array(item, { minLength: 1, maxLength: 4 }).map(String),
  );
};
const fields = [oneField(0, 59), oneField(0, 23), oneField(1, 31), oneField(1, 12), oneField(0, 7)] as const;
const crons = fc
  .tuple(...fields)
  .map((parts) => parts.join(' '))
  .filter((cron) => cronFault(cron) === null);
const timings = fc
  .record({ cron: crons, timeZone: fc.constantFrom(...zones) })
  .map((some): Timing => ({ kind: 'cron', startsAt: null, endsAt: null, at: null, ...some }));
const instants = fc.date({ min: new Date('2026-01-01Z'), max: new Date('2029-01-01Z'), noInvalidDate: true });

test('looking step by step and looking once give the same instants, each later than the one before', () => {
  fc.assert(
    fc.property(timings, instants, (timing, after) => {
      const runs = runsAfter(timing, after, 8).map(({ at }) => at);
      let last = after;
      for (const at of runs) {
        expect(nextInstant(timing, last)).toEqual(at);
        expect(at.getTime()).toBeGreaterThan(last.getTime());
        last = at;
      }
      expect(instantsBetween(timing, new Date(after.getTime() + 1), new Date(last.getTime() + 1), 8)).toEqual(runs);
    }),
  );
});

test('wherever one looks from within the time to the next run, the next run is the same', () => {
  fc.assert(
    fc.property(timings, instants, fc.double({ min: 0, max: 1, noNaN: true }), (timing, after, part) => {
      const next = nextInstant(timing, after);
      if (!next) return;
      const between = after.getTime() + Math.floor((next.getTime() - after.getTime() - 1) * part);
      expect(nextInstant(timing, new Date(between))).toEqual(next);
    }),
  );
});

test('every run that is not moved, and every moved one that much earlier, shows a time of the expression on the clock of its zone', () => {
  fc.assert(
    fc.property(timings, instants, (timing, after) => {
      for (const { at, shift } of runsAfter(timing, after, 8)) {
        const moved = shift?.kind === 'moved' && !shift.joined ? shift.byMs : 0;
        const wall = new Date(at.getTime() + offsetAt(timing.timeZone, at.getTime()) - moved);
        const utc = { ...timing, timeZone: 'UTC' };
        expect(instantsBetween(utc, wall, new Date(wall.getTime() + 1), 1)).toEqual([wall]);
      }
    }),
  );
});

test('a zone whose clock is never set runs as UTC does, by its offset later or earlier', () => {
  fc.assert(
    fc.property(crons, instants, (cron, after) => {
      const timing: Timing = { kind: 'cron', cron, timeZone: 'Asia/Kathmandu', startsAt: null, endsAt: null, at: null };
      const ahead = (5 * 60 + 45) * 60_000;
      const there = nextInstant(timing, after)?.getTime() ?? null;
      const here = nextInstant({ ...timing, timeZone: 'UTC' }, new Date(after.getTime() + ahead))?.getTime() ?? null;
      expect(there === null ? null : there + ahead).toBe(here);
    }),
  );
});

test('an expression that is taken has a run within ten years', () => {
  fc.assert(
    fc.property(timings, instants, (timing, after) => {
      expect(nextInstant(timing, after)).not.toBeNull();
    }),
  );
});
