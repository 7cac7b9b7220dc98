import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bothDaysSet, boxOfFault, cronPresets, splitCron, withBox } from './cron-boxes.ts';

test('an expression falls into five boxes, and a box that is changed changes that field of the text alone', () => {
  expect(splitCron('0 9 * * 1-5')).toEqual(['0', '9', '*', '*', '1-5']);
  expect(withBox('0 9 * * 1-5', 1, '10')).toBe('0 10 * * 1-5');
  const part = fc.stringMatching(/^[\d*/,A-Z-]{1,6}$/);
  const cases = fc.property(fc.array(part, { minLength: 5, maxLength: 5 }), fc.nat(4), part, (parts, box, value) => {
    const changed = splitCron(withBox(parts.join(' '), box, value));
    expect(changed).toEqual(parts.map((one, index) => (index === box ? value : one)));
  });
  fc.assert(cases);
});

test('an empty box means every one, and spaces in a box shift no other field', () => {
  expect(withBox('0 9 * * 1-5', 0, '')).toBe('* 9 * * 1-5');
  expect(withBox('0 9 * * 1-5', 1, ' 8, 9 ')).toBe('0 8,9 * * 1-5');
  expect(withBox('', 0, '30')).toBe('30 * * * *');
});

test('a text of too many or too few fields loses nothing of what was typed', () => {
  expect(splitCron('  0 9\t* * 1 2027 ')).toEqual(['0', '9', '*', '*', '1 2027']);
  expect(splitCron('0 9')).toEqual(['0', '9', '', '', '']);
});

test('a fault stands at the box that it names', () => {
  expect(boxOfFault('hour: "25" is not within 0 to 23')).toBe(1);
  expect(boxOfFault('day of week: "8" is not within 0 to 7')).toBe(4);
  expect(boxOfFault('day of month and month: there is no such date, so it would never run')).toBeNull();
  expect(boxOfFault('five fields, separated by spaces')).toBeNull();
});

test('the rule of either day is told of only where both day fields narrow the days', () => {
  expect(bothDaysSet('0 0 13 * FRI')).toBe(true);
  expect(bothDaysSet('0 0 */2 * 5')).toBe(true);
  for (const cron of ['0 0 13 * *', '0 0 * * 5', '0 9']) expect(bothDaysSet(cron), cron).toBe(false);
});

test('each preset has five fields', () => {
  for (const { cron } of cronPresets) expect(cron.split(' ')).toHaveLength(5);
});
