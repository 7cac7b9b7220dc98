import { plainText } from '@nexomatic/contracts/terminal-text';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAnsiLine, plainStyle } from './ansi.ts';

const spans = (line: string) => parseAnsiLine(line).spans.map((span) => [span.text, span.className]);

describe('colours and attributes', () => {
  test('become class names of a fixed palette', () => {
    expect(spans('a\x1b[31mb\x1b[1;92mc\x1b[0md')).toEqual([
      ['a', ''],
      ['b', 'ansi-fg-1'],
      ['c', 'ansi-fg-10 ansi-bold'],
      ['d', ''],
    ]);
  });

  test('of 256 and of 16 million colours take the nearest of the palette', () => {
    expect(spans('\x1b[38;5;196mred\x1b[38;2;0;90;0mgreen\x1b[48;5;240mgrey')).toEqual([
      ['red', 'ansi-fg-9'],
      ['green', 'ansi-fg-2'],
      ['grey', 'ansi-fg-2 ansi-bg-8'],
    ]);
  });

  test('switch off one by one', () => {
    expect(spans('\x1b[1;3;4;9mx\x1b[22;24my\x1b[23;29mz')).toEqual([
      ['x', 'ansi-bold ansi-italic ansi-underline ansi-strike'],
      ['y', 'ansi-italic ansi-strike'],
      ['z', ''],
    ]);
  });

  test('swap when inverse', () => {
    expect(spans('\x1b[7;33mx')).toEqual([['x', 'ansi-bg-3']]);
  });

  test('carry over to the next line of the stream', () => {
    const first = parseAnsiLine('\x1b[35mone');
    expect(first.style).toEqual({ ...plainStyle, fg: 5 });
    expect(parseAnsiLine('two', first.style).spans).toEqual([{ text: 'two', className: 'ansi-fg-5' }]);
  });
});

describe('what is not text', () => {
  test('is dropped: cursor movement, titles, links, bells, cut-off sequences', () => {
    expect(plainText('\x1b[2K\x1b[1Gdone\x07')).toBe('done');
    expect(plainText('\x1b]0;title\x07a\x1b]8;;https://example.test\x1b\\link\x1b]8;;\x1b\\b')).toBe('alinkb');
    expect(plainText('a\x1b')).toBe('a');
    expect(plainText('a\x1b[31')).toBe('a31');
  });

  test('tabs stay', () => {
    expect(plainText('a\tb')).toBe('a\tb');
  });

  test('a carriage return begins the line anew, unless it ends it', () => {
    expect(plainText('10%\r50%\r100%')).toBe('100%');
    expect(plainText('windows line\r')).toBe('windows line');
  });
});

test('markup in a log stays text', () => {
  expect(spans('<img src=x onerror=alert(1)>')).toEqual([['<img src=x onerror=alert(1)>', '']]);
});

test('no input leaves a control character behind or makes a class name of its own', () => {
  const line = fc.array(
    fc.oneof(fc.string(), fc.constantFrom('\x1b[', '\x1b]', '\x1b', 'm', ';', '38;5;', '999', '\r', '\x9b', '\x07')),
  );
  fc.assert(
    fc.property(line, (parts) => {
      for (const span of parseAnsiLine(parts.join('')).spans) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for control characters is the test
        expect(span.text).not.toMatch(/[\x00-\x08\x0a-\x1f\x7f-\x9f]/);
        expect(span.className).toMatch(/^(ansi-(fg-\d{1,2}|bg-\d{1,2}|bold|dim|italic|underline|strike) ?)*$/);
      }
    }),
  );
});
