import { expect, test } from 'vitest';
import { Badge } from './badge.tsx';
import { Checklist } from './checklist.tsx';
import { CopyAs } from './copy-as.tsx';
import { Explain } from './explain.tsx';
import { LinkTabs } from './link-tabs.tsx';
import { SearchField, searchHref } from './search-field.tsx';
import { Sparkline, sparkPath, sparkText } from './sparkline.tsx';
import { StatTile } from './stat-tile.tsx';
import { renderPage } from './testing/render-page.tsx';

test('a curve goes from edge to edge, its highest value at the top and nothing at the bottom', () => {
  expect(sparkPath([0, 5, 10], { width: 22, height: 12 })).toBe('M1 11L11 6L21 1');
  expect(sparkPath([5, 5], { width: 22, height: 12, max: 10 })).toBe('M1 6L21 6');
  expect(sparkPath([4], { width: 22, height: 12 })).toBe('M1 1L21 1');
  expect(sparkPath([0, 0], { width: 22, height: 12 })).toBe('M1 11L21 11');
  expect(sparkPath([], { width: 22, height: 12 })).toBe('');
});

test('a curve is told in words too', () => {
  expect(sparkText([3, 41, 12], 'Events per hour')).toBe('Events per hour: 3 to 41, last 12');
  expect(sparkText([], 'Events per hour')).toBe('Events per hour: no figures');
  expect(renderPage(() => <Sparkline values={[1, 2]} label="Events" />)).toContain(
    '<title>Events: 1 to 2, last 2</title>',
  );
});

test('a figure says in words whether it went up or down', () => {
  const delta = { text: '12 %', rising: false, good: false };
  const text = renderPage(() => <StatTile label="Success" value="88 %" delta={delta} note="last 24 h" />);
  expect(text).toContain('<span class="sr-only">down </span>12 %');
});

test('only the forms that there are are offered, the first one open', () => {
  const text = renderPage(() => <CopyAs code={{ cli: 'nexomatic fire x', curl: 'curl …' }} />);
  expect(text.match(/aria-pressed="(true|false)">[^<]+/g)).toEqual([
    'aria-pressed="true">curl',
    'aria-pressed="false">CLI',
  ]);
  expect(renderPage(() => <CopyAs code={{}} />)).toBe('');
});

test('the part that is shown is marked in a row of links', () => {
  const tabs = [
    { key: 'log', word: 'Log', to: '?tab=log' },
    { key: 'attempts', word: 'Attempts', to: '?tab=attempts', count: 3 },
  ];
  const text = renderPage(() => <LinkTabs label="Parts" tabs={tabs} active="attempts" />);
  expect(text).toMatch(/aria-current="page"[^>]*>Attempts<span class="tab-count">3<\/span>/);
  expect(text.match(/aria-current/g)).toHaveLength(1);
});

test('whether a step is done is said in words; its help is only for what is to do', () => {
  const items = [
    { key: 'a', done: true, word: 'Hub running', help: 'Start it.' },
    { key: 'b', done: false, word: 'Receive an event', help: 'Send one.' },
  ];
  const text = renderPage(() => <Checklist label="First steps" items={items} />);
  expect(text).toContain('Done: ');
  expect(text).toContain('To do: ');
  expect(text).toContain('Send one.');
  expect(text).not.toContain('Start it.');
});

test('an explanation leads to what helps', () => {
  const fix = { word: 'Show the sinks', to: '/t/demo/sinks' };
  const text = renderPage(() => (
    <Explain fix={fix} warning>
      No sink of type <Badge tone="bad">python</Badge> is online.
    </Explain>
  ));
  expect(text).toContain('<span class="sr-only">Warning: </span>');
  expect(text).toMatch(/href="\/t\/demo\/sinks"[^>]*>Show the sinks/);
});

test('another text begins at the first page and keeps the rest of the filter', () => {
  const search = new URLSearchParams('kind=webhook&cursor=abc&search=old');
  expect(searchHref(search, 'search', ' new ')).toBe('?kind=webhook&search=new');
  expect(searchHref(new URLSearchParams('cursor=a&search=b'), 'search', ' ')).toBe('.');
  const text = renderPage(() => <SearchField label="Search actions by name" />, { at: '/?search=gre' });
  expect(text).toContain('value="gre"');
});
