import { describe, expect, it } from 'vitest';
import { fromWire, toWire } from './wire-bytes.ts';

describe('bytes in a JSON message', () => {
  it('travel as text when they are UTF-8, a byte order mark and NUL included', () => {
    const bytes = new TextEncoder().encode('\uFEFF{"a":"\0é😀"}');
    expect(toWire(bytes)).toEqual({ utf8: '\uFEFF{"a":"\0é😀"}' });
    expect(fromWire(toWire(bytes))).toEqual(bytes);
  });

  it('travel as base64 when they are not', () => {
    const bytes = Uint8Array.from([0xff, 0xfe, 0x00, 0x80, 0x7b, 0x7d]);
    expect(toWire(bytes)).toEqual({ base64: '//4AgHt9' });
    expect(fromWire(toWire(bytes))).toEqual(bytes);
  });

  it('survive JSON for every byte value and for more than one block of base64', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => i % 256);
    expect(fromWire(JSON.parse(JSON.stringify(toWire(bytes))))).toEqual(bytes);
  });
});
