import { permissionTable } from '@nexomatic/contracts/permission';
import { expect, test } from 'vitest';
import { Activity } from '../components/icons.ts';
import { type NavSection, navFor } from './nav.ts';

test('people see the pages that they may use, and no heading over nothing', () => {
  const entry = { path: 'audit', word: 'Audit log', icon: Activity, key: 'u', needs: 'audit.read' } as const;
  const all: NavSection[] = [
    { title: null, entries: [{ path: 'home', word: 'Home', icon: Activity, key: 'h' }] },
    { title: 'Manage', entries: [entry] },
  ];
  expect(navFor(permissionTable.viewer, all).map(({ title }) => title)).toEqual([null]);
  expect(navFor(permissionTable.admin, all)).toEqual(all);
});

test('no two pages share the letter that leads to them', () => {
  const keys = navFor(permissionTable.owner).flatMap(({ entries }) => entries.map(({ key }) => key));
  expect(new Set(keys).size).toBe(keys.length);
});
