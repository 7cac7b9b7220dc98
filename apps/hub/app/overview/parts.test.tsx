import { newId } from '@nexomatic/contracts/id';
import type { Overview } from '@nexomatic/contracts/overview-api';
import { expect, test } from 'vitest';
import { renderPage } from '../components/testing/render-page.tsx';
import { Attention } from './attention.tsx';
import { EmptyRange } from './empty-range.tsx';
import { RecentErrors } from './recent-errors.tsx';
import { SinksPanel } from './sinks-panel.tsx';
import { Tiles } from './tiles.tsx';

const nothing = {
  fired: 0,
  success: 0,
  warning: 0,
  error: 0,
  runP50: null,
  runP95: null,
  waitP50: null,
  waitP95: null,
};
const at = '2026-11-25T10:00:00.000Z';

function overviewOf(given: Partial<Overview>): Overview {
  return {
    range: '24h',
    since: at,
    until: at,
    stepSeconds: 1_800,
    steps: [{ at, ...nothing }],
    total: nothing,
    before: nothing,
    lastEventAt: at,
    waiting: { count: 0, more: false, oldestAt: null },
    running: { count: 0, more: false, longest: [] },
    errors: { groups: [], looked: 0 },
    sinks: [],
    attention: [],
    firstSteps: { sinkOnline: true, latestEventId: null, edited: false, ownEventType: false, demo: null },
    ...given,
  };
}

test('where nothing needs hands, nothing is said of it', () => {
  expect(renderPage(() => <Attention entries={[]} tenant="demo" />)).toBe('');
});

test('what needs hands is said with the way to it', () => {
  const entry = {
    code: 'no_sink_online' as const,
    sentence: '3 events wait.',
    about: { id: 'skt_1', name: 'X' },
    since: null,
  };
  const text = renderPage(() => <Attention entries={[entry]} tenant="demo" />);
  expect(text).toContain('3 events wait.');
  expect(text).toContain('href="/t/demo/events?q=state%3Aqueued+since%3Aall"');
});

test('more events than are counted are told as 1,000+', () => {
  const overview = overviewOf({ waiting: { count: 1_000, more: true, oldestAt: at } });
  const text = renderPage(() => <Tiles overview={overview} tenant="demo" />);
  expect(text).toContain('1,000+');
  expect(text).toContain('the oldest since');
});

test('a tile without figures says so instead of showing a number', () => {
  const text = renderPage(() => <Tiles overview={overviewOf({})} tenant="demo" />);
  expect(text).toContain('nothing ran');
  expect(text).toContain('no event ended');
  expect(text).not.toContain('NaN');
});

test('an empty range offers the next wider one, and the widest none', () => {
  const show = (given: Partial<Overview>, introduced = false) =>
    renderPage(() => <EmptyRange overview={overviewOf(given)} introduced={introduced} />);
  expect(show({ range: '1h' })).toContain('Nothing in the last hour');
  expect(show({ range: '1h' })).toContain('Widen to 24 hours');
  expect(show({ range: '7d' })).not.toContain('Widen');
  expect(show({ lastEventAt: null })).toContain('No event has come yet.');
  expect(show({ lastEventAt: null }, true)).toBe('');
});

test('an error leads to its latest event and to all of its type', () => {
  const latestId = newId('event');
  const group = { type: 'deploy.app', reason: 'timeout' as const, message: null, count: 1_234, lastAt: at, latestId };
  const overview = overviewOf({ errors: { groups: [group], looked: 200 } });
  const text = renderPage(() => <RecentErrors overview={overview} tenant="demo" />);
  expect(text).toContain(`href="/t/demo/events/${latestId}"`);
  expect(text).toContain('1,234 ×');
  expect(text).toContain('q=state%3Aerror+type%3Adeploy.app');
});

test('sinks that are not online come first, and one that never was is no fault', () => {
  const sink = { type: 'PYTHON', slots: 4, busy: 1 };
  const sinks = [
    { ...sink, id: newId('sink'), name: 'eu-1', status: 'ONLINE', lastSeenAt: at },
    { ...sink, id: newId('sink'), name: 'eu-2', status: 'OFFLINE', lastSeenAt: at },
    { ...sink, id: newId('sink'), name: 'eu-3', status: 'OFFLINE', lastSeenAt: null },
  ];
  const text = renderPage(() => <SinksPanel sinks={sinks} tenant="demo" />);
  expect(text.indexOf('eu-2')).toBeLessThan(text.indexOf('eu-1'));
  expect(text.match(/data-tone="(\w+)"/g)).toEqual(['data-tone="bad"', 'data-tone="neutral"', 'data-tone="good"']);
});
