import { expect, test } from 'vitest';
import { csvLine } from './csv-line.ts';

test('cells are parted by commas, empty where there is nothing, and the line ends as the standard says', () => {
  expect(csvLine(['a', 1, null, -2, ''])).toBe('a,1,,-2,\r\n');
});

test('what would break the line stands in quotes', () => {
  expect(csvLine(['a,b', 'say "no"', 'two\nlines', 'cr\rhere'])).toBe('"a,b","say ""no""","two\nlines","cr\rhere"\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '=HYPERLINK("http://evil.example","x")'])(
  'a text that a spreadsheet would run (%j) is made plain',
  (text) => {
    expect(csvLine([text]).replace(/^"/, '')).toMatch(/^'/);
  },
);
