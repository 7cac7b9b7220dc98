import type { UIMatch } from '@remix-run/react';

const prefixes: Record<string, string> = { development: '[dev] ', staging: '[staging] ' };

/** A page's title; instances that aren't production say so first, where a browser tab still shows it. */
export function pageTitle(matches: readonly Pick<UIMatch, 'id' | 'data'>[], title: string): [{ title: string }] {
  const data = matches.find((match) => match.id === 'root')?.data;
  const instance = data && typeof data === 'object' && 'instance' in data ? String(data.instance) : '';
  return [{ title: `${prefixes[instance] ?? ''}${title} · Nexomatic` }];
}
