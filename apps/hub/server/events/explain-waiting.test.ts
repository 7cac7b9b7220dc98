import { newId } from '@nexomatic/contracts/id';
import { describe, expect, test } from 'vitest';
import { explainWaiting, type WaitingFacts, type WaitingSink } from './explain-waiting.ts';
import type { SummaryRow } from './summaries.ts';

const now = Date.UTC(2026, 10, 24, 12);
const sinkType = { id: newId('sinkType'), name: 'python' };
const eventType = { id: newId('eventType'), name: 'deploy.app', enabled: true, disabledAt: null, maxAttempts: 5 };

const sink = (name: string, given: Partial<WaitingSink> = {}): WaitingSink => ({
  id: newId('sink'),
  name,
  sinkTypeId: sinkType.id,
  status: 'ONLINE',
  slots: 4,
  ...given,
});

const event = (given: Partial<SummaryRow> = {}): SummaryRow => ({
  id: newId('event'),
  eventTypeId: eventType.id,
  sourceId: null,
  sinkId: null,
  state: 'QUEUED',
  reason: null,
  message: null,
  attempt: 0,
  parentId: null,
  edge: null,
  rootId: newId('event'),
  depth: 0,
  rerunOf: null,
  availableAt: new Date(now - 1_000),
  pinnedSinkId: null,
  sinkTypeId: sinkType.id,
  createdAt: new Date(now - 1_000),
  startedAt: null,
  finishedAt: null,
  ...given,
});

const explain = (row: SummaryRow, facts: Partial<WaitingFacts> = {}) =>
  explainWaiting(row, { now, eventType, sinkType, sinks: [], busy: new Map(), ...facts });

describe('an event waits', () => {
  test('because its event type is disabled, which counts before all else', () => {
    const disabledAt = new Date(now - 60_000);
    const row = event({ availableAt: new Date(now + 60_000), pinnedSinkId: newId('sink') });
    expect(explain(row, { eventType: { ...eventType, enabled: false, disabledAt } })).toEqual({
      code: 'event_type_disabled',
      sentence: 'The event type deploy.app is disabled; this goes on when it is enabled.',
      since: disabledAt.toISOString(),
      until: null,
      about: { id: eventType.id, name: 'deploy.app' },
    });
  });

  test('for another attempt', () => {
    const row = event({ reason: 'retry_wait', attempt: 2, availableAt: new Date(now + 40_000) });
    expect(explain(row)).toMatchObject({
      code: 'retry_wait',
      sentence: 'Attempt 2 failed; attempt 3 of 5 follows after a pause.',
      until: new Date(now + 40_000).toISOString(),
    });
  });

  test('for the time it was fired for', () => {
    const row = event({ reason: 'delayed', availableAt: new Date(now + 3_600_000) });
    expect(explain(row)).toMatchObject({ code: 'delayed', until: new Date(now + 3_600_000).toISOString() });
  });

  test.each([
    ['OFFLINE', 'pinned_sink_offline', 'It is pinned to the sink eu-1, which is offline.'],
    ['PAUSED', 'pinned_sink_paused', 'It is pinned to the sink eu-1, which is paused.'],
    ['DRAINING', 'pinned_sink_paused', 'It is pinned to the sink eu-1, which is draining.'],
    ['FORCE_KILLING', 'pinned_sink_paused', 'It is pinned to the sink eu-1, which is force killing.'],
  ] as const)('because its own sink is %s, though others are free', (status, code, sentence) => {
    const pinned = sink('eu-1', { status });
    const row = event({ pinnedSinkId: pinned.id });
    expect(explain(row, { sinks: [pinned, sink('eu-2')] })).toMatchObject({
      code,
      sentence,
      about: { id: pinned.id, name: 'eu-1' },
    });
  });

  test('because its own sink is busy, or serves others first', () => {
    const pinned = sink('eu-1', { slots: 1 });
    const row = event({ pinnedSinkId: pinned.id });
    expect(explain(row, { sinks: [pinned, sink('eu-2')], busy: new Map([[pinned.id, 1]]) })).toMatchObject({
      code: 'sinks_busy',
      sentence: 'It is pinned to the sink eu-1, which is busy: 1 slot taken.',
    });
    expect(explain(row, { sinks: [pinned] })).toMatchObject({ code: 'in_turn', about: { id: pinned.id } });
  });

  test('because its own sink was removed', () => {
    expect(explain(event({ pinnedSinkId: newId('sink') }), { sinks: [sink('eu-2')] })).toMatchObject({
      code: 'pinned_sink_missing',
      about: null,
    });
  });

  test('because there is no sink of its type, or none that is online', () => {
    const about = { id: sinkType.id, name: 'python' };
    const other = sink('other', { sinkTypeId: newId('sinkType') });
    expect(explain(event(), { sinks: [other] })).toMatchObject({
      code: 'no_sink_online',
      sentence: 'No python sink is online: there is none.',
      about,
    });
    const away = [sink('eu-1', { status: 'OFFLINE' }), sink('eu-2', { status: 'PAUSED' })];
    expect(explain(event(), { sinks: away })).toMatchObject({
      code: 'no_sink_online',
      sentence: 'No python sink is online: eu-1 is offline, eu-2 is paused.',
      about,
    });
  });

  test('because every sink of its type is busy', () => {
    const [one, two] = [sink('eu-1'), sink('eu-2', { slots: 2 })];
    const away = sink('eu-3', { status: 'OFFLINE' });
    const busy = new Map([
      [one.id, 4],
      [two.id, 2],
    ]);
    expect(explain(event(), { sinks: [one, two, away], busy })).toMatchObject({
      code: 'sinks_busy',
      sentence: 'All 2 python sinks online are busy: 6 slots taken.',
    });
    expect(explain(event(), { sinks: [one, away], busy })).toMatchObject({
      code: 'sinks_busy',
      sentence: 'The only python sink online, eu-1, is busy: 4 slots taken.',
    });
  });

  test('for its turn, where a slot is free', () => {
    const one = sink('eu-1');
    expect(explain(event(), { sinks: [one], busy: new Map([[one.id, 3]]) })).toMatchObject({
      code: 'in_turn',
      sentence: 'It waits for its turn: 3 of 4 slots of python sinks are taken.',
    });
  });
});
