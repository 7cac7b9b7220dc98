import { expect, test } from 'vitest';
import { cronFault } from './check-cron.ts';

test.each(['* * * * *', '0 9 * * 1-5', '*/15 0-6,22 1-31/2 JAN-mar,12 MON-FRI', '  5   4 29 2 7 ', '0 0 31 1,2 *'])(
  'cron %s is good',
  (cron) => {
    expect(cronFault(cron)).toBeNull();
  },
);

const fiveFields = 'five fields, separated by spaces: minute, hour, day of month, month, day of week';
test.each([
  ['', fiveFields],
  ['* * * *', fiveFields],
  ['0 * * * * *', fiveFields],
  ['@daily', fiveFields],
  ['@every 1s', fiveFields],
  ['61 * * * *', 'minute: "61" is not within 0 to 59'],
  ['*/0 * * * *', 'minute: "*/0": the step is not within 1 to 59'],
  ['5/15 * * * *', 'minute: "5/15": a step needs a range or * before it'],
  ['0 24 * * *', 'hour: "24" is not within 0 to 23'],
  ['0 17-9 * * *', 'hour: "17-9" runs backwards'],
  ['0 0 0 * *', 'day of month: "0" is not within 1 to 31'],
  ['0 0 L * *', 'day of month: "L" is not within 1 to 31'],
  ['0 0 ? * *', 'day of month: "?" is no number, range or step'],
  ['0 0 1, * *', 'day of month: "" is no number, range or step'],
  ['0 0 * FOO *', 'month: "FOO" is not within 1 to 12'],
  ['0 0 * * MON-FRI#2', 'day of week: "MON-FRI#2" is no number, range or step'],
  ['0 0 * * FRI-SUN', 'day of week: "FRI-SUN" runs backwards; as an end, Sunday is 7'],
  ['0 0 * * 8', 'day of week: "8" is not within 0 to 7'],
  ['0 0 31 2 *', 'day of month and month: there is no such date, so it would never run'],
  ['0 0 31 4,6,9,11 *', 'day of month and month: there is no such date, so it would never run'],
  [`${'0,'.repeat(500)}0 * * * *`, 'longer than 200 characters'],
])('cron %j is refused, and the field is named', (cron, fault) => {
  expect(cronFault(cron)).toBe(fault);
});
