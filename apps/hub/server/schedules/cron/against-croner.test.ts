import { Cron } from 'croner';
import { expect, test } from 'vitest';
import { instantsBetween } from './run-times.ts';

/*
 * The other library takes another view where a clock is set, so that it differs from ours in these ways alone:
 * - A time that is jumped over runs at the jump there, and here as much later as the clock jumped.
 * - An expression with `*` as minute or hour loses the times that are jumped over there; here nothing is lost.
 * - A list or range of hours runs at both passes of a time that comes twice there; here only `*` does.
 */
const from = new Date('2026-01-01T00:00:00Z');
const to = new Date('2029-01-01T00:00:00Z');
const none = { ours: '', theirs: '' };
const nights = ['0 3 * * *', '15 1 * * *', '0 9 * * 1-5', '59 23 31 12 *', '0 0 29 2 *', '0 0 1,15 * 1', '0 0 */2 * 7'];

test.each([
  ...['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'].flatMap((zone) =>
    nights.map((cron) => [zone, cron, none] as const),
  ),
  ['Asia/Kathmandu', '30 2 * * *', none],
  [
    'Europe/Berlin',
    '30 2 * * *',
    {
      ours: '2026-03-29T01:30 2027-03-28T01:30 2028-03-26T01:30',
      theirs: '2026-03-29T01:00 2027-03-28T01:00 2028-03-26T01:00',
    },
  ],
  ['Europe/Berlin', '0 */2 * * *', { ours: '2026-03-29T01:00 2027-03-28T01:00 2028-03-26T01:00', theirs: '' }],
  ['Europe/Berlin', '30 1-3 * * *', { ours: '', theirs: '2026-10-25T01:30 2027-10-31T01:30 2028-10-29T01:30' }],
  [
    'America/New_York',
    '30 2 * * *',
    {
      ours: '2026-03-08T07:30 2027-03-14T07:30 2028-03-12T07:30',
      theirs: '2026-03-08T07:00 2027-03-14T07:00 2028-03-12T07:00',
    },
  ],
  ['America/New_York', '0 */2 * * *', { ours: '2026-03-08T07:00 2027-03-14T07:00 2028-03-12T07:00', theirs: '' }],
  ['America/New_York', '30 1-3 * * *', { ours: '', theirs: '2026-11-01T06:30 2027-11-07T06:30 2028-11-05T06:30' }],
  ['Australia/Lord_Howe', '30 2 * * *', none],
  ['Australia/Lord_Howe', '45 1 * * *', none],
  [
    'Australia/Lord_Howe',
    '15 2 * * *',
    {
      ours: '2026-10-03T15:45 2027-10-02T15:45 2028-09-30T15:45',
      theirs: '2026-10-03T15:30 2027-10-02T15:30 2028-09-30T15:30',
    },
  ],
  ['Australia/Lord_Howe', '0 * * * *', { ours: '2026-10-03T15:30 2027-10-02T15:30 2028-09-30T15:30', theirs: '' }],
  ['Australia/Lord_Howe', '30 1-3 * * *', { ours: '', theirs: '2026-04-04T15:00 2027-04-03T15:00 2028-04-01T15:00' }],
] as const)(
  'in %s, %s runs in 2026 to 2028 as an independent library says, but where a clock is set',
  (timeZone, cron, differs) => {
    const ours = instantsBetween(
      { kind: 'cron', cron, timeZone, startsAt: null, endsAt: null, at: null },
      from,
      to,
      40_000,
    );
    const theirs = instantsOf(new Cron(cron, { timezone: timeZone }));
    expect({ ours: without(ours, theirs), theirs: without(theirs, ours) }).toEqual(differs);
    expect(ours.length).toBeGreaterThan(0);
  },
);

function instantsOf(cron: Cron): Date[] {
  const instants: Date[] = [];
  for (let at = cron.nextRun(new Date(from.getTime() - 1000)); at && at < to; at = cron.nextRun(at)) instants.push(at);
  return instants;
}

function without(some: Date[], others: Date[]): string {
  const known = new Set(others.map((at) => at.getTime()));
  return some.flatMap((at) => (known.has(at.getTime()) ? [] : at.toISOString().slice(0, 16))).join(' ');
}
