import { expect, test } from 'vitest';
import { grantIds, grantText } from './secret-fields.ts';

test('a grant comes back from a form as it went into it', () => {
  for (const ids of [null, [], ['ety_a'], ['ety_a', 'ety_b']]) expect(grantIds(grantText(ids))).toEqual(ids);
});

test('a grant that nobody can read grants nobody', () => {
  for (const text of ['', 'everybody', 'only']) expect(grantIds(text)).toEqual([]);
});
