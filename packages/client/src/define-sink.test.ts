import { expect, it } from 'vitest';
import { defineSink, type SinkDefinition } from './define-sink.ts';

it('gives back what it was given, and refuses what no agent could run', () => {
  const sink = defineSink({ type: 'ORDERS', run: (ctx) => ctx.payload });
  expect(sink.type).toBe('ORDERS');
  expect(Object.isFrozen(sink)).toBe(true);
  expect(() => defineSink({ type: '', run: () => 1 })).toThrow('`type` must name a sink type');
  expect(() => defineSink({ type: 'ORDERS' } as unknown as SinkDefinition)).toThrow('`run` must be a function');
});
