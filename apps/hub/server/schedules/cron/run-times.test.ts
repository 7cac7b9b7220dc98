import { describe, expect, test } from 'vitest';
import { describeRun } from './describe-run.ts';
import { instantsBetween, nextInstant, runsAfter, type Timing } from './run-times.ts';

const timing = (cron: string, timeZone = 'UTC', more: Partial<Timing> = {}): Timing => ({
  ...{ kind: 'cron', cron, timeZone, startsAt: null, endsAt: null, at: null },
  ...more,
});
const shown = (cron: string, timeZone: string, after: string, count: number): string[] =>
  runsAfter(timing(cron, timeZone), new Date(after), count).map((run) => {
    const { local, offset, note } = describeRun(run, timeZone, 0);
    return `${local.slice(5, 16).replace('T', ' ')} ${offset}${note === null ? '' : ` (${note})`}`;
  });

describe('where the clock is set forward', () => {
  test('a time that is jumped over runs once, as much later as the clock jumped', () => {
    expect(shown('30 2 * * *', 'Europe/Berlin', '2027-03-26T12:00Z', 3)).toEqual([
      '03-27 02:30 +01:00',
      '03-28 03:30 +02:00 (28 Mar: 02:30 does not exist, runs 03:30)',
      '03-29 02:30 +02:00',
    ]);
    expect(shown('15 2 * * *', 'Australia/Lord_Howe', '2027-10-02T12:00Z', 2)).toEqual([
      '10-03 02:45 +11:00 (3 Oct: 02:15 does not exist, runs 02:45)',
      '10-04 02:15 +11:00',
    ]);
  });

  test('a time that is jumped over and one that it falls on are one run', () => {
    expect(shown('30 2,3 * * *', 'Europe/Berlin', '2027-03-28T00:00Z', 2)).toEqual([
      '03-28 03:30 +02:00 (28 Mar: 02:30 does not exist, runs 03:30, together with the run of then)',
      '03-29 02:30 +02:00',
    ]);
  });

  test('what is jumped over runs in its order among the times that exist', () => {
    expect(shown('*/20 * * * *', 'Australia/Lord_Howe', '2027-10-02T15:00Z', 6)).toEqual([
      '10-03 01:40 +10:30',
      '10-03 02:30 +11:00 (3 Oct: 02:00 does not exist, runs 02:30)',
      '10-03 02:40 +11:00',
      '10-03 02:50 +11:00 (3 Oct: 02:20 does not exist, runs 02:50)',
      '10-03 03:00 +11:00',
      '10-03 03:20 +11:00',
    ]);
  });

  test('a whole day that a zone leaves out is not lost', () => {
    expect(shown('0 12 30 12 *', 'Pacific/Apia', '2011-12-01T00:00Z', 1)).toEqual([
      '12-31 12:00 +14:00 (31 Dec: 30 Dec 12:00 does not exist, runs 12:00)',
    ]);
  });
});

describe('where the clock is set back', () => {
  test('a time that comes twice runs once, at the first pass', () => {
    expect(shown('30 2 * * *', 'Europe/Berlin', '2027-10-30T12:00Z', 2)).toEqual([
      '10-31 02:30 +02:00 (31 Oct: 02:30 comes twice, runs at the first only)',
      '11-01 02:30 +01:00',
    ]);
    expect(shown('45 1 * * *', 'Australia/Lord_Howe', '2027-04-03T12:00Z', 2)).toEqual([
      '04-04 01:45 +11:00 (4 Apr: 01:45 comes twice, runs at the first only)',
      '04-05 01:45 +10:30',
    ]);
  });

  test('an expression whose minute or hour begins with * runs at both passes', () => {
    expect(shown('*/30 1 * * *', 'America/New_York', '2027-11-07T04:00Z', 5)).toEqual([
      '11-07 01:00 -04:00 (7 Nov: 01:00 comes twice, runs at both)',
      '11-07 01:30 -04:00 (7 Nov: 01:30 comes twice, runs at both)',
      '11-07 01:00 -05:00 (7 Nov: 01:00 comes twice, this is the second)',
      '11-07 01:30 -05:00 (7 Nov: 01:30 comes twice, this is the second)',
      '11-08 01:00 -05:00',
    ]);
  });

  test('the second pass is left out also when one looks from within it', () => {
    expect(nextInstant(timing('30 2 * * *', 'Europe/Berlin'), new Date('2027-10-31T01:10Z'))).toEqual(
      new Date('2027-11-01T01:30Z'),
    );
  });
});

describe('the bounds', () => {
  test('the next instant is after the given one, never at it', () => {
    expect(nextInstant(timing('0 9 * * *'), new Date('2027-01-01T08:59:59.999Z'))).toEqual(
      new Date('2027-01-01T09:00Z'),
    );
    expect(nextInstant(timing('0 9 * * *'), new Date('2027-01-01T09:00Z'))).toEqual(new Date('2027-01-02T09:00Z'));
  });

  test('a run at the very start or end counts, none before or after does', () => {
    const days = { startsAt: new Date('2027-01-02T09:00Z'), endsAt: new Date('2027-01-04T09:00Z') };
    const found = instantsBetween(
      timing('0 9 * * *', 'UTC', days),
      new Date('2027-01-01Z'),
      new Date('2028-01-01Z'),
      9,
    );
    expect(found.map((at) => at.getUTCDate())).toEqual([2, 3, 4]);
    expect(nextInstant(timing('0 9 * * *', 'UTC', days), new Date('2027-01-04T09:00Z'))).toBeNull();
  });

  test('a window holds its first instant and not its last', () => {
    const window = [new Date('2027-01-01T09:00Z'), new Date('2027-01-01T11:00Z')] as const;
    expect(instantsBetween(timing('0 * * * *'), ...window, 9)).toHaveLength(2);
    expect(instantsBetween(timing('0 * * * *'), ...window, 1)).toHaveLength(1);
  });

  test('a single instant runs once, and not again after it', () => {
    const at = new Date('2027-03-28T02:30Z');
    const once: Timing = { kind: 'at', cron: null, timeZone: 'Europe/Berlin', startsAt: null, endsAt: null, at };
    expect(nextInstant(once, new Date('2027-01-01Z'))).toEqual(at);
    expect(nextInstant(once, at)).toBeNull();
  });

  test('29 February is found across a century without one, and nothing is looked for beyond ten years', () => {
    const leap = timing('0 0 29 2 *', 'Asia/Kathmandu');
    expect(nextInstant(leap, new Date('2096-03-01Z'))).toEqual(new Date('2104-02-28T18:15Z'));
    const rare = timing('0 0 29 2 *', 'UTC', { startsAt: new Date('2096-03-01Z'), endsAt: new Date('2103-01-01Z') });
    expect(nextInstant(rare, new Date('2027-01-01Z'))).toBeNull();
  });

  test('either day field is enough when both are set', () => {
    const found = instantsBetween(timing('0 0 13 * 5'), new Date('2027-08-01Z'), new Date('2027-08-21Z'), 9);
    expect(found.map((at) => at.getUTCDate())).toEqual([6, 13, 20]);
  });
});
