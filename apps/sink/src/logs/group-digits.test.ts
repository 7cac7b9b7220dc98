import { expect, test } from 'vitest';
import { groupDigits } from './group-digits.ts';

test.each([0, 7, 999, 1_000, 65_536, 1_048_576, 1_057_964_032, Number.MAX_SAFE_INTEGER])(
  'the digits of %d are grouped as English does',
  (whole) => {
    expect(groupDigits(whole)).toBe(whole.toLocaleString('en'));
  },
);
