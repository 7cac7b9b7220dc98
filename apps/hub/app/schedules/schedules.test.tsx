import { expect, test } from 'vitest';
import { renderPage } from '../components/testing/render-page.tsx';
import { BackfillPanel } from './backfill/backfill-panel.tsx';
import { ScheduleNotices } from './detail/schedule-notices.tsx';
import { ScheduleSentence } from './detail/schedule-sentence.tsx';
import { PreviewPanel } from './form/preview-panel.tsx';
import { HeatStrip } from './history/heat-strip.tsx';
import { RunTable } from './history/run-table.tsx';
import { type ListedSchedule, ScheduleList } from './list/schedule-list.tsx';
import { PileUp } from './pile-up/pile-up.tsx';
import { skipWords } from './schedule-words.ts';
import { firedRun, schedule, skippedRun } from './testing/schedule.ts';

const inTenant = { path: '/t/:tenant/schedules', at: '/t/demo/schedules' };
const list = (given: Partial<ListedSchedule>) =>
  renderPage(() => <ScheduleList schedules={[schedule(given)]} byNext={false} />, inTenant);

test('a row tells when it runs in words and zone, its next run, its sink and whether it is on', () => {
  const html = list({ pinnedSink: { id: 'snk_01m8a2ggj9eqwvt6fm81aaprst', name: 'eu-1', status: 'OFFLINE' } });
  for (const text of ['At 02:00', 'Europe/Berlin', 'report.build', '27 Nov, 01:00', 'eu-1', 'offline'])
    expect(html).toContain(text);
  expect(html).toMatch(/role="switch"[^>]*aria-label="Run nightly-report"[^>]*checked/);
});

test('a row with held runs tells their number before anything else of its last run', () => {
  expect(list({ heldCount: 14, last: firedRun() })).toContain('14 held');
});

test('a paused schedule tells when it goes on', () => {
  expect(list({ status: 'paused', nextDueAt: null })).toContain('until resumed');
  expect(list({ status: 'paused', nextDueAt: null, pausedUntil: '2026-11-27T01:00:00.000Z' })).toContain('resumes');
});

test('an empty list offers three ways to begin, and a narrowed one the way back', () => {
  const empty = (at: string) => renderPage(() => <ScheduleList schedules={[]} byNext={false} />, { ...inTenant, at });
  expect(empty('/t/demo/schedules')).toContain('Run something regularly');
  expect(empty('/t/demo/schedules?status=paused')).toContain('Show every schedule');
});

test('what a schedule does stands in a sentence', () => {
  const html = renderPage(() => <ScheduleSentence schedule={schedule({ jitterSeconds: 90 })} />, inTenant);
  const text = html.replaceAll(/<[^>]+>/g, '');
  expect(text).toContain('At 02:00 (Europe/Berlin) it fires report.build on any sink of its type');
  expect(text).toContain('each run up to 1 m 30 s later');
  expect(text).toContain('while the one before is still going is skipped');
});

const notices = (given: Partial<ListedSchedule>) =>
  renderPage(() => <ScheduleNotices schedule={schedule(given)} />, inTenant);

test('a pause tells who, why and until when', () => {
  const paused = {
    status: 'paused',
    pausedAt: '2026-11-26T01:00:00.000Z',
    pausedBy: 'Ada',
    pauseNote: 'database move',
  };
  expect(notices(paused as Partial<ListedSchedule>)).toContain('Paused by Ada');
  expect(notices(paused as Partial<ListedSchedule>)).toContain(': database move. Runs that are due meanwhile');
});

test('held runs are counted before anything is decided, also a single one', () => {
  expect(notices({ heldCount: 14 })).toContain('14 runs were missed and are held');
  expect(notices({ heldCount: 1 })).toContain('1 run was missed and is held');
});

test('a sink that is away, failures in a row and an event type that is gone are told with what they mean', () => {
  const pinnedSink = { id: 'snk_01m8a2ggj9eqwvt6fm81aaprst', name: 'eu-1', status: 'OFFLINE' } as const;
  expect(notices({ pinnedSink })).toContain('its events wait until it is back');
  expect(notices({ failuresInRow: 2, pauseAfterFailures: 5 })).toContain('it pauses after 5 in a row');
  expect(notices({ eventType: null })).toContain('every run is skipped');
  expect(notices({})).toBe('');
});

test('each reason for a skipped run stands in the list of runs as a sentence', () => {
  for (const reason of Object.keys(skipWords) as (keyof typeof skipWords)[]) {
    const html = renderPage(() => <RunTable runs={[skippedRun({ reason })]} empty={null} />, inTenant);
    expect(html).toContain(skipWords[reason].word);
    expect(html).toContain(skipWords[reason].sentence);
  }
});

test('a run tells how much later than planned it was fired and started, and who asked for one by hand', () => {
  const html = renderPage(
    () => <RunTable runs={[firedRun({ origin: 'manual', decidedBy: 'Ada' })]} empty={null} />,
    inTenant,
  );
  expect(html).toContain('+240 ms');
  expect(html).toContain('+1.0 s');
  expect(html).toContain('Fired by hand, by Ada');
});

test('the history has a square for each run, and the same in words', () => {
  const failed = firedRun({ dueAt: '2026-11-25T01:00:00.000Z', event: null });
  const html = renderPage(
    () => <HeatStrip runs={[firedRun(), skippedRun({ dueAt: '2026-11-24T01:00:00.000Z' }), failed]} />,
    inTenant,
  );
  const strip = html.slice(0, html.indexOf('<figcaption'));
  expect(strip.match(/<svg/g)).toHaveLength(3);
  expect(strip).toContain('title="24 Nov, 01:00: skipped: overlap"');
  expect(html).toContain('1 skipped');
});

const planned = {
  at: '2027-03-28T01:30:00.000Z',
  latestAt: '2027-03-28T01:30:00.000Z',
  local: '2027-03-28T03:30:00',
  offset: '+02:00',
};

test('a preview shows each run in the schedule’s zone and in UTC, with what the clock does to it and what it is skipped for', () => {
  const preview = {
    words: 'At 02:30',
    timeZone: 'Europe/Berlin',
    runs: [
      {
        ...planned,
        blackout: { id: 'bko_01m8a2ggj9eqwvt6fm81aaprst' as const, name: 'Freeze' },
        note: '28 Mar: 02:30 does not exist, runs 03:30',
      },
    ],
    warnings: [],
    faults: {},
    payloadFaults: [],
  };
  const html = renderPage(() => <PreviewPanel preview={preview} once={false} busy={false} />);
  expect(html.replaceAll(/<[^>]+>/g, '')).toContain('Sun 28 Mar 2027, 03:30 UTC+2');
  expect(html).toContain('28 Mar: 02:30 does not exist, runs 03:30');
  expect(html).toContain('Skipped: blackout window “Freeze”');
  const past = renderPage(() => <PreviewPanel preview={{ ...preview, runs: [] }} once busy={false} />);
  expect(past).toContain('This time has passed');
});

test('the day ahead tells where runs pile up', () => {
  const steps = Array.from({ length: 96 }, (_, index) => ({
    at: new Date(Date.UTC(2026, 10, 26, 0, index * 15)).toISOString(),
    runs: index === 8 ? 40 : 1,
  }));
  const html = renderPage(() => <PileUp steps={steps} stepSeconds={900} complete />);
  expect(html).toContain('135 runs');
  expect(html.replaceAll(/<[^>]+>/g, '')).toContain('most at 02:00 – 02:15: 40');
});

const backfill = (count: number) =>
  renderPage(
    () => (
      <BackfillPanel
        timeZone="UTC"
        data={{
          asked: { from: '2026-11-25T00:00', to: '2026-11-26T00:00' },
          preview: {
            count,
            first: '2026-11-25T00:00:00.000Z',
            last: '2026-11-25T23:00:00.000Z',
            alreadyFired: 3,
          },
          problem: null,
          limit: 1_000,
        }}
      />
    ),
    inTenant,
  );

test('a backfill shows its number before it can be fired, and refuses what is too many', () => {
  expect(backfill(24)).toContain('Fire 24 runs…');
  expect(backfill(1_001)).toContain('choose a shorter window');
  expect(backfill(1_001)).not.toContain('Fire 1,001');
  expect(backfill(0)).toContain('All of its 3 runs have fired.');
});
