import { expect, it } from 'vitest';
import { recordLine } from './clip-record.ts';

it('writes a record as one line', () => {
  expect(recordLine({ at: 1, level: 'info', message: 'a\nb' })).toBe('{"at":1,"level":"info","message":"a\\nb"}\n');
});

it('cuts a message and fields that are too long, and says by how much', () => {
  const { message, fields } = JSON.parse(
    recordLine({ at: 1, level: 'info', message: 'x'.repeat(40_000), fields: { a: 'y'.repeat(50_000) } }),
  ) as { message: string; fields: { cut: string } };
  expect(message.length).toBe(32_768 + '… (7232 more characters were cut)'.length);
  expect(message.endsWith('x… (7232 more characters were cut)')).toBe(true);
  expect(fields.cut.startsWith('{"a":"yyy')).toBe(true);
  expect(fields.cut.endsWith('… (17240 more characters were cut)')).toBe(true);
});
