import { slugSchema } from '@nexomatic/contracts/tenant-slug';
import { expect, test } from 'vitest';
import { slugOf } from './slug-of.ts';

test.each([
  ['Analytical Engines & Co.', 'analytical-engines-co'],
  ['  Zoë Müller  ', 'zoe-muller'],
  ['a', 'a'],
  [`${'x'.repeat(62)} y`, 'x'.repeat(62)],
])('%s stands in addresses as %s', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
  expect(slugSchema.safeParse(slug).success).toBe(true);
});

test('a name without a Latin letter or digit suggests nothing', () => {
  expect(slugOf('東京')).toBe('');
});

test.each(['', '-a', 'a-', 'A', 'a_b', 'a.b', 'a b', 'x'.repeat(64), 'a/b'])(
  '"%s" can not stand in addresses',
  (slug) => {
    expect(slugSchema.safeParse(slug).success).toBe(false);
  },
);
