import { expect, test } from 'vitest';
import { DiffFields } from './diff-fields.tsx';
import { renderPage } from './testing/render-page.tsx';

const html = (before: object | null, after: object | null) =>
  renderPage(() => <DiffFields before={before} after={after} labels={{ timeoutSeconds: 'Time limit' }} />);

test('a change shows what each field was and is, under the name that people know it by', () => {
  const text = html({ timeoutSeconds: 60, note: '' }, { timeoutSeconds: 90, note: 'slow' });
  expect(text).toContain('Changed </span></span><span class="break-all">Time limit</span>');
  expect(text).toContain('<code class="diff-json">60</code>');
  expect(text).toContain('<code class="diff-json">90</code>');
  expect(text).toContain('<span class="diff-text">slow</span>');
  expect(text).toContain('>empty<');
});

test('what was made has no column for before, and what was deleted none for after', () => {
  expect(html(null, { name: 'a' })).not.toContain('Before');
  expect(html({ name: 'a' }, null)).not.toContain('After');
});

test('a save that changed nothing says so', () => {
  expect(html({ name: 'a' }, { name: 'a' })).toContain('No field differs.');
});

test('markup in a value stays text', () => {
  expect(html(null, { name: '<img src=x>' })).toContain('&lt;img src=x&gt;');
});
