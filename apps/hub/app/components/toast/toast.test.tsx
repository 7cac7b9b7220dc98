import { expect, test } from 'vitest';
import { renderPage } from '../testing/render-page.tsx';
import { flashIn } from './flash.ts';
import { redirectWithToast } from './redirect-with-toast.server.ts';
import { ToastProvider, useToast } from './toasts.tsx';

test('what an action says before its redirect is read on the page that it leads to', () => {
  const answer = redirectWithToast('/t/demo/actions/act_1', 'Saved “Grüße; 1=1”');
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/t/demo/actions/act_1']);
  const [pair] = (answer.headers.get('set-cookie') ?? '').split(';');
  expect(flashIn(`nx_theme=dark; ${pair}`)).toBe('Saved “Grüße; 1=1”');
});

test('a cookie that we did not write says nothing', () => {
  expect(['', 'nx_flash=', 'nx_flash=%zz', 'other=1'].map(flashIn)).toEqual([null, null, null, null]);
});

test('the region that is read out stands in the page from the start', () => {
  const Page = () => <p>{typeof useToast()}</p>;
  const text = renderPage(() => (
    <ToastProvider>
      <Page />
    </ToastProvider>
  ));
  expect(text).toContain('<p>function</p><section class="toasts" aria-live="polite" aria-label="Messages">');
});
