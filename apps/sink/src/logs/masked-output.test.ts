import { createMasker } from '@nexomatic/redaction/masker';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { MaskedOutput } from './masked-output.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const written: string[] = [];
  const stream = createMasker([Buffer.from('hunter2hunter2')]).openStream();
  const output = new MaskedOutput(stream, (bytes) => written.push(Buffer.from(bytes).toString()));
  const push = (text: string) => Buffer.from(output.push(Buffer.from(text))).toString();
  return { output, written, push };
}

it('shows a text that could go on as a secret once nothing follows', () => {
  const { push, written } = open();
  expect(push('Name: h')).toBe('Name: ');
  vi.advanceTimersByTime(1_000);
  expect(written).toEqual(['h']);
});

it('masks a secret that comes in pieces, and shows nothing of it while pieces keep coming', () => {
  const { push, written } = open();
  const shown = [...'[hunter2hunter2]'].map((byte) => {
    vi.advanceTimersByTime(150);
    return push(byte);
  });
  expect(shown.join('')).toBe('[***]');
  expect(written).toEqual([]);
});

it('gives what it held back at the end', () => {
  const { output, push, written } = open();
  push('hunter2');
  output.end();
  expect(written).toEqual(['hunter2']);
});
