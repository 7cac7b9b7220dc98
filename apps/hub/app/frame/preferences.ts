import { type Remembered, readRemembered } from '../overview/first-steps.ts';
import { isTimeZone } from '../time/format-time.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
export type NavWidth = 'wide' | 'narrow';

/** What a viewer chose, kept in cookies so that the first byte of a page is already right: no flash, no jump. */
export interface Preferences {
  theme: Theme;
  /** Null until the browser has told its zone for the first time. */
  zone: string | null;
  nav: NavWidth;
  firstSteps: Remembered[];
}

const names = { theme: 'nx_theme', zone: 'nx_zone', nav: 'nx_nav', firstSteps: 'nx_first_steps' } as const;

/** Reads a Cookie header. Anything unknown in there counts as not chosen. */
export function readPreferences(cookies: string | null): Preferences {
  const values = new Map<string, string>();
  for (const pair of (cookies ?? '').split(';')) {
    const [name, value] = pair.split('=', 2);
    if (name !== undefined && value !== undefined) values.set(name.trim(), decode(value));
  }
  const zone = values.get(names.zone);
  return {
    theme: themes.find((theme) => theme === values.get(names.theme)) ?? 'system',
    zone: zone !== undefined && isTimeZone(zone) ? zone : null,
    nav: values.get(names.nav) === 'narrow' ? 'narrow' : 'wide',
    firstSteps: readRemembered(values.get(names.firstSteps)),
  };
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value.trim());
  } catch {
    // Not something that we wrote.
    return '';
  }
}

/** Keeps a choice for a year. Not HttpOnly: the browser itself writes it; it is nothing worth stealing. */
export function writePreference(name: keyof Preferences, value: string): void {
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing on plain http and in older browsers
  document.cookie = `${names[name]}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}
