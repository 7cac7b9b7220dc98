import { expect, it } from 'vitest';
import { noMasker } from './masker.ts';
import { createMaskerPool } from './masker-pool.ts';

const values = (...texts: string[]) => texts.map((text) => Buffer.from(text));

it('gives the same values the same masker, and others another', () => {
  const maskerOf = createMaskerPool();
  const masker = maskerOf(values('hunter2hunter2', 'second-secret'));
  expect(maskerOf(values('hunter2hunter2', 'second-secret'))).toBe(masker);
  expect(maskerOf(values('hunter2hunter2'))).not.toBe(masker);
  expect(maskerOf(values('hunter2hunter2s', 'econd-secret'))).not.toBe(masker);
  expect(masker.maskText('a hunter2hunter2, second-secret')).toBe('a ***, ***');
});

it('gives the one that does nothing where there is nothing to mask', () => {
  const maskerOf = createMaskerPool();
  expect(maskerOf([])).toBe(noMasker);
  expect(maskerOf(values('short'))).toBe(noMasker);
});
