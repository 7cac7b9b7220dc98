import { expect, test } from 'vitest';
import { renderPage } from '../components/testing/render-page.tsx';
import { SecretList } from './secret-list.tsx';

test('a store without secrets says why nothing is read from it, and how modules use one in both languages', () => {
  const html = renderPage(() => <SecretList secrets={[]} missing={[]} />);
  expect(html).toContain('No secrets yet');
  expect(html).toContain('Nobody can read it again');
  expect(html).toContain('ctx.secret(&quot;token&quot;)');
  expect(html).toContain('$Context.Secret(&#x27;token&#x27;)');
});

test('a list that a filter emptied says so, and how to see all', () => {
  const html = renderPage(() => <SecretList secrets={[]} missing={[]} />, { path: '/', at: '/?state=unused' });
  expect(html).toContain('No secret is like that');
  expect(html).toContain('Show every secret');
});
