import { useLocation } from '@remix-run/react';
import { useEffect } from 'react';

export interface RecentPage {
  to: string;
  title: string;
}

const storeName = 'nx_recent';
const kept = 8;

/** Remembers the pages that were visited, newest first, in this tab: other people's sessions are none of its business. */
export function useRememberPage(): void {
  const { pathname } = useLocation();
  useEffect(() => {
    // A page's own title stands in the document only after its parts were drawn.
    const timer = setTimeout(() => {
      const title = document.title.replace(/ · Nexomatic$/, '').replace(/^\[[a-z]+\] /, '');
      sessionStorage.setItem(storeName, JSON.stringify(withPage(recentPages(), { to: pathname, title })));
    }, 500);
    return () => clearTimeout(timer);
  }, [pathname]);
}

export const withPage = (pages: readonly RecentPage[], page: RecentPage): RecentPage[] =>
  [page, ...pages.filter(({ to }) => to !== page.to)].slice(0, kept);

/** Pages visited in this tab. */
export const recentPages = (): RecentPage[] => parsePages(sessionStorage.getItem(storeName) ?? '[]');

/** Whatever stands in the browser's storage; only own addresses are taken from it. */
export function parsePages(text: string): RecentPage[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isPage) : [];
  } catch {
    // Not ours.
    return [];
  }
}

const isPage = (value: unknown): value is RecentPage =>
  typeof value === 'object' &&
  value !== null &&
  'to' in value &&
  typeof value.to === 'string' &&
  /^\/(?!\/)/.test(value.to) &&
  'title' in value &&
  typeof value.title === 'string';
