import { type Problem, problem } from '@nexomatic/contracts/error-code';
import { expect, test } from 'vitest';
import { ProblemBanner } from './problem-banner.tsx';
import { renderPage } from './testing/render-page.tsx';

function html(shown: Problem): string {
  return renderPage(() => <ProblemBanner problem={shown} />, { path: '/t/:tenant', at: '/t/acme' });
}

test('a refusal says what happened, by which code, and what to quote', () => {
  const text = html(problem('unprocessable', 'The time limit is above 3600 s.', { requestId: 'req-1' }));
  expect(text).toContain('The time limit is above 3600 s.');
  expect(text).toContain('unprocessable · request ');
  expect(text).toContain('req-1');
});

test('a conflict says that nothing is lost', () => {
  expect(html(problem('conflict', 'Ada saved version 4.'))).toContain('Your changes are kept here; nothing was saved.');
});

test('what stands in the way is listed, linked where its kind has a page', () => {
  const references = [
    { id: 'evt_01jd5y0q6vf0x9h2m7k3c8t4zr', name: 'hello.received', how: 'waits for it' },
    { id: 'zzz_01jd5y0q6vf0x9h2m7k3c8t4zr', name: 'something new' },
  ];
  const text = html({ ...problem('conflict', 'It is in use.'), references });
  expect(text).toContain('href="/t/acme/events/evt_01jd5y0q6vf0x9h2m7k3c8t4zr"');
  expect(text).toContain(' waits for it');
  expect(text).toContain('<span class="text-muted">object</span> <span class="font-medium">something new</span>');
});
