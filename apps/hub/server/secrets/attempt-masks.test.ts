import { newId } from '@nexomatic/contracts/id';
import type { LogChannel, PlainLogChunk } from '@nexomatic/contracts/sink-protocol';
import { createMasker } from '@nexomatic/redaction/masker';
import { expect, test } from 'vitest';
import { createAttemptMasks } from './attempt-masks.ts';

const eventId = newId('event');
const open = () => createAttemptMasks(createMasker([Buffer.from('hunter2hunter2')]));
const chunk = (seq: number, channel: LogChannel, bytes: PlainLogChunk['bytes']): PlainLogChunk => ({
  ...{ eventId, attempt: 1, seq, channel, at: 1, bytes },
});
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

test('secrets in output are masked, also across chunks of one channel with others between them', () => {
  const masks = open();
  const shown = [
    chunk(1, 'stdout', { utf8: 'a hunter2hunter2 b hunter2h' }),
    chunk(2, 'stderr', { utf8: 'unter2 is another channel' }),
    chunk(3, 'stdout', { utf8: 'unter2 c' }),
  ].map((one) => textOf(masks.chunk(one)));
  expect(shown).toEqual(['a *** b ***', 'unter2 is another channel', ' c']);
});

test('nothing of a chunk is held back, and no more than five bytes of a secret are seen at its end', () => {
  const masks = open();
  expect(textOf(masks.chunk(chunk(1, 'stdout', { utf8: 'a hunte' })))).toBe('a hunte');
  expect(textOf(masks.chunk(chunk(2, 'stdout', { utf8: 'r2hunter2 b' })))).toBe('*** b');
});

test('chunks that come again are masked as before and do not disturb those that follow', () => {
  const masks = open();
  const first = chunk(1, 'stdout', { utf8: 'hunter2hun' });
  expect(textOf(masks.chunk(first))).toBe('***');
  expect(textOf(masks.chunk(first))).toBe('***');
  expect(textOf(masks.chunk(chunk(2, 'stdout', { utf8: 'ter2.' })))).toBe('.');
});

test('a secret that lies across chunks is masked on two hubs that see one chunk each', () => {
  const [one, other] = [open(), open()];
  expect(textOf(one.chunk(chunk(1, 'stdout', { utf8: 'a hunter2h' })))).toBe('a ***');
  expect(textOf(other.chunk(chunk(2, 'stdout', { utf8: 'unter2 b' })))).toBe('*** b');
  expect(textOf(one.chunk(chunk(3, 'stdout', { utf8: 'hunt' })))).toBe('hunt');
  expect(textOf(other.chunk(chunk(4, 'stdout', { utf8: 'er2hunter2 c' })))).toBe('*** c');
});

test('a chunk that is sent again because it could not be stored is masked as it was, the end of a secret too', () => {
  const masks = open();
  masks.chunk(chunk(1, 'stdout', { utf8: 'a hunt' }));
  const second = chunk(2, 'stdout', { utf8: 'er2hunter2 b' });
  expect(textOf(masks.chunk(second))).toBe('*** b');
  expect(textOf(masks.chunk(second))).toBe('*** b');
  expect(textOf(masks.chunk(chunk(3, 'stdout', { utf8: 'unter2hunt' })))).toBe('unter2hunt');
});

test('a gap in the numbers counts for every channel that has not been seen since', () => {
  const masks = open();
  const shown = [chunk(1, 'stderr', { utf8: 'a' }), chunk(3, 'stdout', { utf8: 'ter2hunter2' })].map((one) =>
    textOf(masks.chunk(one)),
  );
  expect(shown).toEqual(['a', '***']);
  expect(textOf(masks.chunk(chunk(4, 'stderr', { utf8: 'ter2hunter2' })))).toBe('***');
  expect(textOf(masks.chunk(chunk(5, 'stderr', { utf8: 'unter2hunt' })))).toBe('unter2hunt');
});

test('a record that was cut in two shows neither half of a secret', () => {
  const masks = open();
  expect(textOf(masks.chunk(chunk(1, 'record', { utf8: '{"message":"a hunter2h' })))).toBe('{"message":"a ***');
  expect(textOf(masks.chunk(chunk(2, 'record', { utf8: 'unter2"}\n{"message":"b"}\n' })))).toBe(
    '***"}\n{"message":"b"}\n',
  );
});

test('records stay JSON, and what should be a record and is none is masked as text', () => {
  const masks = open();
  const record = { at: 1, level: 'info', message: 'a hunter2hunter2', fields: { hunter2hunter2: 1.5 } };
  const lines = `${JSON.stringify(record)}\nno record hunter2hunter2\n`;
  expect(textOf(masks.chunk(chunk(1, 'record', { utf8: lines })))).toBe(
    '{"at":1,"level":"info","message":"a ***","fields":{"***":1.5}}\nno record ***\n',
  );
});

test('bytes that are no text pass as they are where there is nothing to mask', () => {
  const base64 = Buffer.from([0xff, 0xfe, 0x00, 0x80]).toString('base64');
  for (const channel of ['stdout', 'record'] as const) {
    expect(Buffer.from(open().chunk(chunk(1, channel, { base64 }))).toString('base64')).toBe(base64);
  }
  const report = { eventId, attempt: 1, state: 'SUCCESS' as const, lastLogSeq: 0, result: { base64 } };
  expect(open().report(report)).toEqual(report);
});

test('the message and the result of a report are masked, and the result keeps its digits', () => {
  const result = { utf8: '{\n "a": "hunter2hunter2", "b": 12345678901234567890\n}' };
  const report = { eventId, attempt: 1, state: 'WARNING' as const, lastLogSeq: 0, message: 'x hunter2hunter2', result };
  expect(open().report(report)).toEqual({
    ...report,
    message: 'x ***',
    result: { utf8: '{\n "a": "***", "b": 12345678901234567890\n}' },
  });
  const broken = { ...report, result: { utf8: '{"a": hunter2hunter2' } };
  expect(open().report(broken).result).toEqual({ utf8: '{"a": ***' });
});
