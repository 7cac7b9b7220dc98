import { expect, test } from 'vitest';
import { readPreferences } from './preferences.ts';

test('a first visit follows the system and knows no zone', () => {
  expect(readPreferences(null)).toEqual({ theme: 'system', zone: null, nav: 'wide', firstSteps: [] });
});

test('choices are found among other cookies', () => {
  expect(
    readPreferences('a=b; nx_theme=dark; nx_nav=narrow; nx_first_steps=log.hidden; nx_zone=Europe%2FBerlin'),
  ).toEqual({
    theme: 'dark',
    zone: 'Europe/Berlin',
    nav: 'narrow',
    firstSteps: ['log', 'hidden'],
  });
});

test.each(['nx_theme=<x>; nx_zone=Mars', 'nx_zone=%E0%A4%A; nx_theme', '=;=;nx_zone='])(
  'nonsense is ignored: %s',
  (header) => {
    expect(readPreferences(header)).toEqual({ theme: 'system', zone: null, nav: 'wide', firstSteps: [] });
  },
);
