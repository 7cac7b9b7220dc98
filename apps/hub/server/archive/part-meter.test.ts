import { newId } from '@nexomatic/contracts/id';
import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import { expect, it } from 'vitest';
import { createPartMeter } from './part-meter.ts';

const at = Date.parse('2026-11-01T12:00:00.000Z');
const origin = { eventTypeId: newId('eventType'), sourceId: null, sinkId: newId('sink') };
const measure = (...chunks: [LogChannel, string][]) => {
  const meter = createPartMeter(origin);
  for (const [i, [channel, text]] of chunks.entries())
    meter.add({ seq: i + 1, channel, at: new Date(at + 1_000 * i), body: Buffer.from(text) });
  return meter.finish();
};
const record = (afterMs: number, level: string) => `${JSON.stringify({ at: at + afterMs, level, message: 'm' })}\n`;

it('lines are counted by level, each once however it is cut, and those that say nothing are not', () => {
  expect(measure(['stdout', 'one\n\n  \ntw'], ['stderr', 'x'], ['stdout', 'o\nthr'], ['stdout', 'ee'])).toEqual({
    ...origin,
    firstAt: new Date(at),
    lastAt: new Date(at + 2_000),
    driftMs: 0,
    lines: { none: 4, debug: 0, info: 0, warn: 0, error: 0 },
  });
});

it('a record counts by its own time and level, and how far these are from their chunks is told', () => {
  const [half, rest] = [record(-500, 'error').slice(0, 20), record(-500, 'error').slice(20)];
  const facts = measure(
    ['record', record(-90_000, 'warn') + half],
    ['record', `${rest}not one\n`],
    ['record', '{"at"'],
  );
  expect(facts).toMatchObject({
    firstAt: new Date(at - 90_000),
    lastAt: new Date(at + 1_000),
    driftMs: 90_000,
    lines: { none: 0, debug: 0, info: 1, warn: 1, error: 1 },
  });
});

it('a log in which no line says anything has no times', () => {
  expect(measure(['stdout', '\n \n'])).toMatchObject({ firstAt: null, lastAt: null });
});
