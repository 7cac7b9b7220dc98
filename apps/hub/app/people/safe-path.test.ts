import { expect, test } from 'vitest';
import { safePath } from './safe-path.ts';

test.each(['/', '/t/demo/events?state=ERROR', '/invite/nxi_abc'])('%s is a path of this hub', (path) => {
  expect(safePath(path)).toBe(path);
});

test.each([
  '',
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example',
  '/\t/evil.example',
  '/a\\b',
  'javascript:alert(1)',
  't/demo',
  ' /t/demo',
  `/${'a'.repeat(2_000)}`,
  null,
  undefined,
])('%j leads nowhere', (path) => {
  expect(safePath(path)).toBeNull();
});
