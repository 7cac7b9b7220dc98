import { Monitor, Moon, Sun } from '../components/icons.ts';
import { type Theme, writePreference } from './preferences.ts';

export const themeLooks = {
  system: { word: 'System', Icon: Monitor },
  light: { word: 'Light', Icon: Sun },
  dark: { word: 'Dark', Icon: Moon },
} as const;

/** Shows the page in that theme, now and on every later visit. */
export function applyTheme(theme: Theme): void {
  writePreference('theme', theme);
  document.documentElement.dataset.theme = theme;
}
