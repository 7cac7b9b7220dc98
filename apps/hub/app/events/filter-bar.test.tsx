import { expect, test } from 'vitest';
import { renderPage } from '../components/testing/render-page.tsx';
import { FilterBar } from './filter-bar.tsx';

const html = (text: string, refusal: string | null = null) =>
  renderPage(() => <FilterBar address={{ text, cursor: '', view: '' }} refusal={refusal} />, { path: '/events' });

test('the query stands in the field, and each term but time and chain steps on a chip that takes it away', () => {
  const text = html('is:root state:error -type:a.* since:7d');
  expect(text).toContain('value="is:root state:error -type:a.* since:7d"');
  expect(text).toContain('aria-label="Remove state:error"');
  expect(text).toContain('href="/events?q=is%3Aroot+state%3Aerror+since%3A7d"');
  expect(text).not.toContain('Remove is:root');
  expect(text).not.toContain('Remove since:7d');
  expect(text).toMatch(/<option value="7d" selected="">Last 7 days/);
});

test('what can not be read is told with its place, without a script', () => {
  const text = html('stat:error');
  expect(text).toContain('There is no key stat; did you mean state?');
  expect(text).toContain('aria-invalid="true"');
});

test('what the hub can not answer is told in its words', () => {
  expect(html('payload.x:1', 'No event type declares payload.x.')).toContain('No event type declares payload.x.');
});

test('a query that shows every step has its switch on', () => {
  expect(html('')).toMatch(/<input[^>]*class="switch-input"[^>]*checked/);
  expect(html('is:root')).not.toMatch(/<input[^>]*class="switch-input"[^>]*checked/);
});
