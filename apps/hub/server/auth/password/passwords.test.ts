import { expect, test } from 'vitest';
import { createPasswords, nobodysHash } from './passwords.ts';

const passwords = createPasswords();

test('a password is kept as Argon2id in PHC form, with a salt of its own each time', async () => {
  const [one, other] = await Promise.all([passwords.hash('correct horse'), passwords.hash('correct horse')]);
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(one).not.toBe(other);
  expect(await passwords.verify(one, 'correct horse')).toBe(true);
});

test.each(['Correct horse', 'correct horse ', ' correct horse', 'correct  horse', ''])(
  'only the very same characters match: not "%s"',
  async (guess) => {
    expect(await passwords.verify(await passwords.hash('correct horse'), guess)).toBe(false);
  },
);

test('characters are taken as they come: composed and decomposed ones are two passwords', async () => {
  const hash = await passwords.hash('zo\u00eb zo\u00eb zo\u00eb');
  expect(await passwords.verify(hash, 'zo\u00eb zo\u00eb zo\u00eb')).toBe(true);
  expect(await passwords.verify(hash, 'zoe\u0308 zoe\u0308 zoe\u0308')).toBe(false);
});

test('128 characters beyond the basic plane are a password like any other', async () => {
  const long = '\u{1f9ed}'.repeat(128);
  expect(await passwords.verify(await passwords.hash(long), long)).toBe(true);
});

test('nothing matches where there is no password, and what is checked there costs as much as any other', async () => {
  const costOf = (hash: string) => hash.split('$').slice(1, 4);
  expect(costOf(nobodysHash)).toEqual(costOf(await passwords.hash('correct horse')));
  expect(await passwords.verify(null, 'correct horse')).toBe(false);
  expect(await passwords.verify(null, '')).toBe(false);
});

test('a flood of sign-ins is refused beyond what can wait, and those before it are served', async () => {
  const few = createPasswords({ atOnce: 2, waiting: 3 });
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => few.hash('correct horse')));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
  for (const outcome of outcomes.filter((one) => one.status === 'rejected')) {
    expect(outcome.reason).toMatchObject({ code: 'unavailable' });
  }
});
