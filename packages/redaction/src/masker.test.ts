import { describe, expect, it } from 'vitest';
import { createMasker, noMasker } from './masker.ts';

const maskerOf = (...values: string[]) => createMasker(values.map((value) => Buffer.from(value)));
const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('a masker', () => {
  it('masks a value wherever it stands, and leaves what only looks like it', () => {
    const { maskText } = maskerOf('Password123!');
    expect(maskText('x Password123! y=Password123!;')).toBe('x *** y=***;');
    expect(maskText('password123! Password123')).toBe('password123! Password123');
  });

  it.each([
    [':Password123!', 'OlBh***'],
    ['a:Password123!', 'YTpQ***'],
    ['ab:Password123!', 'YWI6***'],
  ])('masks a value inside the base64 of %s', (text, masked) => {
    expect(maskerOf('Password123!').maskText(base64(text))).toBe(masked);
  });

  it('masks base64 in the middle of more, keeping what says nothing of the value', () => {
    const { maskText } = maskerOf('Password123!');
    expect(maskText(base64(':Password123!xyz'))).toBe('OlBh***Xh5eg==');
    expect(maskText('OlBh')).toBe('OlBh');
  });

  it('masks a value with blanks in a URL', () => {
    expect(maskerOf('Pass word 123!').maskText('?q=Pass%20word%20123%21&r=Pass+word+123%21')).toBe('?q=***&r=***');
  });

  it('masks values that overlap, or touch, as one', () => {
    const { maskText } = maskerOf('ipsum dolor', 'um do', 'dolor sit', 'second');
    expect(maskText('Lorem ipsum dolor sit amet')).toBe('Lorem *** amet');
    expect(maskText('secondsecond second')).toBe('*** ***');
  });

  it('masks a value with whatever line ends and blanks stand between its lines', () => {
    const { maskText } = maskerOf('-----BEGIN-----\nfirst line\nab\nlast line\n-----END-----\n');
    for (const end of ['\n', '\r\n', '\r\r\n', '\n\n', '  \n\t', '\n    ']) {
      const text = ['-----BEGIN-----', 'first line', 'ab', 'last line', '-----END-----'].join(end);
      expect(maskText(`key: ${text}.`)).toBe('key: ***.');
    }
  });

  it('masks each line of a value that is long enough to be told from other words', () => {
    const { maskText } = maskerOf('{\n  "id": "service-1",\n  "k": 1\n}');
    expect(maskText('first "id": "service-1", then "k": 1 and }')).toBe('first *** then "k": 1 and }');
  });

  it('masks a value that was written with quotes around it also without them', () => {
    expect(maskerOf('"hunter2hunter2"').maskText('x hunter2hunter2 y')).toBe('x *** y');
  });

  it('masks base64 and hex that are wrapped', () => {
    const secret = 'correct horse battery staple '.repeat(4).trim();
    const { maskText } = maskerOf(secret);
    const wrapped = base64(secret).replace(/.{76}/g, '$&\n');
    expect(maskText(`${wrapped}\n`)).toBe('***\n');
    const dump = Buffer.from(secret).toString('hex').replace(/.{4}/g, '$& ').replace(/.{40}/g, '$&\r\n');
    expect(maskText(dump).trim()).toBe('***');
  });

  it('leaves values of five characters and fewer as they are, with others beside them masked', () => {
    const { maskText } = maskerOf('abcde', ' ab\n', '', 'abcdef', '  ab    ');
    expect(maskText('abcde ab abcdef YWJjZGU=')).toBe('abcde ab *** YWJjZGU=');
  });

  it('takes no form of a value for it that is too short to be told from other words', () => {
    expect(maskerOf('a\n\n\n\nb').maskText('a b, a\nb, a\n\n\n\nb')).toBe('a b, a\nb, ***');
  });

  it('is the one that does nothing when there is nothing to mask', () => {
    expect(maskerOf()).toBe(noMasker);
    expect(maskerOf('short')).toBe(noMasker);
    const chunk = Buffer.from('short');
    const stream = noMasker.openStream();
    expect(stream.push(chunk)).toBe(chunk);
    expect([...stream.idle(), ...stream.cut(), ...stream.end()]).toEqual([]);
    expect(noMasker.maskText('short')).toBe('short');
    expect(noMasker.maskJson('{"a":"short"}')).toBe('{"a":"short"}');
  });

  it('keeps text that holds no secret as it is, lone surrogates included', () => {
    expect(maskerOf('hunter2hunter2').maskText('a\ud800b')).toBe('a\ud800b');
  });

  it('masks values of 48 KiB, in one line and in many', () => {
    const long = Array.from({ length: 8_192 }, (_, index) => String(index % 997).padStart(6, '-')).join('');
    for (const value of [long, long.replace(/.{70}/g, '$&\n')]) {
      const { maskText } = maskerOf(value);
      expect(maskText(`a ${value} b`)).toBe('a *** b');
      expect(maskText(base64(value))).toBe('***');
    }
  }, 120_000);

  it('does not cover what no longer has the order of the value: reversed, and one character per line', () => {
    const { maskText } = maskerOf('Password123!');
    const reversed = '!321drowssaP';
    expect(maskText(reversed)).toBe(reversed);
    const column = [...'Password123!'].join('\n');
    expect(maskText(column)).toBe(column);
  });
});
