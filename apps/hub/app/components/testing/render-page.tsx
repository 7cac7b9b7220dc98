import { createRemixStub } from '@remix-run/testing';
import type { ComponentType } from 'react';
import { renderToString } from 'react-dom/server';
import { vi } from 'vitest';

/** The markup that the server would send for a page, with a router around it; React's marks between texts are left out. */
export function renderPage(
  Page: ComponentType,
  route: { path?: string; at?: string; id?: string; data?: unknown } = {},
): string {
  const { path = '/', at = path, id = 'page', data = null } = route;
  const Stub = createRemixStub([{ id, path, Component: Page }]);
  const complain = vi.spyOn(console, 'error').mockImplementation((...words: unknown[]) => {
    // The stub's router is made for browsers and says so on every page; anything else is a fault of the page.
    if (!String(words[0]).includes('useLayoutEffect does nothing on the server')) throw new Error(words.join(' '));
  });
  try {
    return renderToString(<Stub initialEntries={[at]} hydrationData={{ loaderData: { [id]: data } }} />).replaceAll(
      '<!-- -->',
      '',
    );
  } finally {
    complain.mockRestore();
  }
}
