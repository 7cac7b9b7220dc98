import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMasker } from './masker.ts';

const open = (...values: string[]) => createMasker(values.map((value) => Buffer.from(value))).openStream();
const secret = 'correct-horse-battery-stack';
const bytes = (text: string) => Buffer.from(text);
const text = (...parts: Uint8Array[]) => Buffer.concat(parts).toString();

describe('a stream that is masked', () => {
  it('masks what is cut by the border of two writes', () => {
    const stream = open('ipsum dolor', 'um do');
    expect(text(stream.push(bytes('Lorem ipsum dol')))).toBe('Lorem ');
    expect(text(stream.push(bytes('or sit amet')))).toBe('*** sit amet');
    expect(stream.holding).toBe(false);
  });

  it('lets a secret that is complete go at once, and what is behind it', () => {
    const stream = open('hunter2hunter2');
    expect(text(stream.push(bytes('a hunter2hunter2')))).toBe('a ***');
    expect(text(stream.push(bytes(` b ${Buffer.from('hunter2hunter2').toString('base64')}\n`)))).toBe(' b ***\n');
    expect(stream.holding).toBe(false);
  });

  it('gives a chunk back as it is when there is nothing in it', () => {
    const chunk = bytes('nothing to see\n');
    expect(open('hunter2hunter2').push(chunk)).toBe(chunk);
  });

  it('shares no memory with the chunk for what it holds back', () => {
    const stream = open('hunter2hunter2');
    const chunk = bytes('x hunter2');
    stream.push(chunk);
    chunk.fill(0);
    expect(text(stream.push(bytes('!')))).toBe('hunter2!');
  });

  it('lets a prompt go at once', () => {
    expect(text(open('hunter2hunter2').push(bytes('Password: ')))).toBe('Password: ');
  });

  it('lets go at the end of a line what only looks like the first byte of an encoded secret', () => {
    const stream = open('hunter2hunter2');
    // The hex of the secret begins with 6.
    expect(text(stream.push(bytes('step 6\n')))).toBe('step 6\n');
    expect(stream.holding).toBe(false);
  });

  it('lets a few bytes go when nothing follows, and still masks the rest', () => {
    const stream = open('hunter2hunter2');
    expect(text(stream.push(bytes('so: hun')))).toBe('so: ');
    expect(text(stream.idle())).toBe('hun');
    expect(stream.holding).toBe(false);
    expect(text(stream.push(bytes('ter2hunter2.')))).toBe('***.');
  });

  it('shows no more than three bytes of a secret that is written with pauses', () => {
    const stream = open('hunter2hunter2');
    const shown = [...'>hunter2hunter2<'].flatMap((byte) => [stream.push(bytes(byte)), stream.idle()]);
    expect(text(...shown)).toBe('>hun***<');
  });

  it('holds back no more than a needle, whatever comes', () => {
    const stream = open('a'.repeat(40_000));
    let given = 0;
    for (let count = 0; count < 100; count += 1) given += stream.push(bytes('a'.repeat(500))).length;
    // All of it is one mask so far.
    expect(given).toBe(3);
    expect(text(stream.push(bytes('b')))).toBe('b');
  }, 60_000);

  it('does not wait for a wrapped line through any number of blanks', () => {
    const stream = open('hunter2hunter2');
    const blanks = ' '.repeat(10_000);
    expect(text(stream.push(bytes(`6875${blanks}`)))).toBe(`6875${blanks}`);
  });

  it('masks on both sides of a place where it is told to let go of everything', () => {
    for (const [before, shown] of [
      ['x hunter2hu', 'x ***'],
      ['x hunte', 'x hunte'],
    ] as const) {
      const stream = open('hunter2hunter2');
      expect(text(stream.push(bytes(before)), stream.cut())).toBe(shown);
      expect(stream.holding).toBe(false);
      const rest = text(stream.push(bytes(`${'hunter2hunter2'.slice(before.length - 2)} y`)), stream.end());
      expect(`${shown}${rest}`.replace('hunte', '')).toBe('x *** y');
    }
  });

  it('masks the end of a secret whose beginning was missed, plain or encoded', () => {
    for (const form of [
      secret,
      Buffer.from(secret).toString('base64').replace(/.{8}/g, '$&\n '),
      Buffer.from(secret).toString('hex'),
    ]) {
      const stream = open(secret);
      stream.missed();
      expect(text(stream.push(bytes(`${form.slice(3)} y`)), stream.cut())).toBe('*** y');
    }
  });

  it('masks on through pieces that lie inside a secret, until it ends', () => {
    const stream = open(secret);
    stream.missed();
    const shown = [secret.slice(2, 10), secret.slice(10, 20), secret.slice(20), ' and on'].map((piece) =>
      text(stream.push(bytes(piece)), stream.cut()),
    );
    expect(shown.join('')).toBe('*** and on');
  });

  it('masks no end of a secret of which nothing was missed', () => {
    const stream = open(secret);
    expect(text(stream.push(bytes(`${secret.slice(5)} y`)), stream.cut())).toBe(`${secret.slice(5)} y`);
  });

  it('shows no six bytes of a secret however it is cut, each piece looked at by itself', () => {
    const secrets = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1'), minLength: 6, maxLength: 30 });
    fc.assert(
      fc.property(secrets, fc.array(fc.nat(40), { maxLength: 4 }), (value, cuts) => {
        const told = `<${value}>`;
        const places = [0, ...cuts.filter((cut) => cut < told.length), told.length].sort((a, b) => a - b);
        const masker = createMasker([Buffer.from(value)]);
        for (const [index, place] of places.entries()) {
          const stream = masker.openStream();
          stream.missed();
          const shown = text(stream.push(bytes(told.slice(place, places[index + 1]))), stream.cut());
          for (let at = 0; at + 6 <= value.length; at += 1) expect(shown).not.toContain(value.slice(at, at + 6));
        }
      }),
    );
  });

  it('begins anew after its end', () => {
    const stream = open('hunter2hunter2');
    expect(text(stream.push(bytes('x hunter2')), stream.end())).toBe('x hunter2');
    expect(text(stream.push(bytes('hunter2')), stream.end())).toBe('hunter2');
  });
});
