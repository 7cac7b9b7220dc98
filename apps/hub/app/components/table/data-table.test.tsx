import { expect, test } from 'vitest';
import { renderPage } from '../testing/render-page.tsx';
import { parseColumnChoice } from './column-choice.ts';
import { DataTable } from './data-table.tsx';
import { cursorHref, Pager, trailOf } from './pager.tsx';
import type { TableColumn } from './table-column.ts';

interface Thing {
  id: string;
  name: string;
  used: number;
}

const columns: TableColumn<Thing>[] = [
  { id: 'name', header: 'Name', cell: (thing) => thing.name, fill: true },
  { id: 'used', header: 'Used by', cell: (thing) => thing.used, align: 'end', from: 'sm' },
  { id: 'id', header: 'Id', cell: (thing) => thing.id, optional: true },
];

function html(rows: Thing[], nextCursor: string | null = null, at = '/things'): string {
  const Page = () => (
    <>
      <DataTable
        name="things"
        caption="Things by name"
        columns={columns}
        rows={rows}
        rowId={(thing) => thing.id}
        rowName={(thing) => thing.name}
        rowLink={(thing) => thing.id}
        selectionBar={() => null}
        empty="No things yet"
      />
      <Pager nextCursor={nextCursor} count={rows.length} />
    </>
  );
  return renderPage(Page, { path: '/things', at });
}

test('the first column links to the row’s page, and columns that nobody asked for are left out', () => {
  const text = html([{ id: 'one', name: 'First', used: 3 }]);
  expect(text).toMatch(/<a [^>]*href="\/things\/one"[^>]*>First<\/a>/);
  expect(text).toContain('>Used by</th>');
  expect(text).not.toContain('>Id</th>');
  expect(text).toContain('aria-label="Select First"');
});

test('a list without rows says so instead of showing an empty table', () => {
  expect(html([])).toContain('No things yet');
  expect(html([])).not.toContain('<table');
});

test('a page that is neither first nor last leads both ways and keeps the filter', () => {
  const text = html([{ id: 'one', name: 'First', used: 3 }], 'c2', '/things?q=a&cursor=c1');
  expect(text).toContain('href="/things?q=a"');
  expect(text).toContain('href="/things?q=a&amp;cursor=c2"');
});

test('the address of the first page has no cursor', () => {
  expect(cursorHref(new URLSearchParams('cursor=c1'), '')).toBe('.');
  expect(cursorHref(new URLSearchParams('q=a&cursor=c1'), '')).toBe('?q=a');
});

test('only queries are taken from a history entry', () => {
  expect(trailOf({ trail: ['?cursor=a', 'https://elsewhere', 4, '.'] })).toEqual(['?cursor=a', '.']);
  expect([trailOf(null), trailOf('x'), trailOf({ trail: 'x' })]).toEqual([[], [], []]);
});

test('only switches are taken from the browser’s storage', () => {
  expect(parseColumnChoice('{"id":true,"used":false,"x":"y"}')).toEqual({ id: true, used: false });
  expect(['', 'null', '[true]', '{'].map(parseColumnChoice)).toEqual([{}, {}, {}, {}]);
});
