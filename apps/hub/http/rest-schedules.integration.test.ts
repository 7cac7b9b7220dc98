import { newId } from '@nexomatic/contracts/id';
import { makeEventType, makePipeline, makeSink, makeSinkType } from '@nexomatic/testkit/factories';
import { expect, test } from 'vitest';
import { auditOf } from './testing/call-rest.ts';
import { openRest } from './testing/open-rest.ts';

const rest = await openRest();
const { database, web, call } = rest;
const nightly = (more: object = {}) => ({
  name: 'nightly',
  eventTypeId: rest.pipeline.eventType.id,
  cron: '30 2 * * *',
  timeZone: 'Europe/Berlin',
  payload: '{"n":12345678901234567890}',
  ...more,
});

test('a schedule is made, read, changed and deleted', async () => {
  const created = await call('POST', '/schedules', nightly({ pinnedSinkId: rest.pipeline.sink.id }));
  const { id } = created.body;
  expect(created).toMatchObject({
    status: 201,
    body: { enabled: false, version: 1, pinnedSink: { name: rest.pipeline.sink.name }, payload: nightly().payload },
  });
  expect((await call('GET', '/schedules?search=night')).body.schedules).toMatchObject([
    { id, eventType: { name: rest.pipeline.eventType.name } },
  ]);
  const changed = nightly({ cron: '0 3 * * MON-FRI', version: 1 });
  expect(await call('PUT', `/schedules/${id}`, changed)).toMatchObject({
    status: 200,
    body: { version: 2, pinnedSinkId: null },
  });
  expect(await call('PUT', `/schedules/${id}`, changed)).toMatchObject({ status: 409, body: { currentVersion: 2 } });
  expect((await call('DELETE', `/schedules/${id}`)).status).toBe(204);
  expect((await call('GET', `/schedules/${id}`)).status).toBe(404);
  expect((await auditOf(web, id)).map(({ action }) => action)).toEqual([
    ...['schedule.created', 'schedule.updated', 'schedule.deleted'],
  ]);
});

test('a schedule is switched on and off, paused and resumed, and each is in the audit log', async () => {
  const { id } = (await call('POST', '/schedules', nightly({ name: 'switched' }))).body;
  expect((await call('GET', `/schedules/${id}`)).body).toMatchObject({ status: 'off', nextDueAt: null });
  const on = await call('POST', `/schedules/${id}/enable`, {});
  expect(on).toMatchObject({ status: 200, body: { status: 'on', version: 2, last: null } });
  expect(Date.parse(String(on.body.nextDueAt))).toBeGreaterThan(Date.parse(String(on.body.createdAt)));
  const until = on.body.nextDueAt;
  expect((await call('POST', `/schedules/${id}/pause`, { note: 'Moving house', until })).body).toMatchObject({
    ...{ status: 'paused', pauseNote: 'Moving house', pausedUntil: until, version: 2 },
  });
  expect((await call('POST', `/schedules/${id}/resume`, {})).body).toMatchObject({ status: 'on', pausedAt: null });
  expect(await call('POST', `/schedules/${id}/pause`, { until: '2020-01-01T00:00:00Z' })).toMatchObject({
    ...{ status: 422, body: { errors: [{ path: 'until' }] } },
  });
  expect((await call('POST', `/schedules/${id}/disable`, {})).body).toMatchObject({ status: 'off', nextDueAt: null });
  expect((await auditOf(web, id)).map(({ action }) => action)).toEqual([
    ...['schedule.created', 'schedule.enabled', 'schedule.paused', 'schedule.resumed', 'schedule.disabled'],
  ]);
  const sources = await call('GET', '/sources?search=scheduler');
  expect(sources.body.sources).toMatchObject([{ name: 'scheduler', kind: 'SCHEDULER', builtIn: true, enabled: true }]);
});

test('a schedule takes the time zone of its tenant where it says none', async () => {
  const { timeZone: _, ...more } = nightly({ name: 'zoneless' });
  expect((await call('POST', '/schedules', more)).body).toMatchObject({ timeZone: 'UTC' });
});

test.each([
  ['a minute that there is not', { cron: '61 * * * *' }, 'cron', 'minute: "61" is not within 0 to 59'],
  ['seconds', { cron: '0 0 0 * * *' }, 'cron', 'five fields'],
  ['an empty expression', { cron: '' }, 'cron', 'five fields'],
  ['a date that there is not', { cron: '0 0 31 2 *' }, 'cron', 'would never run'],
  ['an unknown time zone', { timeZone: 'Mars/Olympus' }, 'timeZone', 'not an IANA time zone'],
  ['an offset as time zone', { timeZone: '+01:00' }, 'timeZone', 'not an IANA time zone'],
  ['an unknown event type', { eventTypeId: newId('eventType') }, 'eventTypeId', 'no event type'],
  ['an unknown sink', { pinnedSinkId: newId('sink') }, 'pinnedSinkId', 'no sink'],
  ['a payload that is not JSON', { payload: '{' }, 'payload', ''],
  ['an instant beside an expression', { at: '2099-01-01T00:00:00Z' }, 'at', 'leave it out'],
  ['an expression beside an instant', { kind: 'at', at: '2099-01-01T00:00:00Z' }, 'cron', 'leave it out'],
  ['an instant that is not there', { kind: 'at', cron: null }, 'at', 'say when'],
  ['an instant that has passed', { kind: 'at', cron: null, at: '2020-01-01T00:00:00Z', enabled: true }, 'at', 'past'],
  ['an end before its start', { startsAt: '2030-01-02T00:00:00Z', endsAt: '2030-01-01T00:00:00Z' }, 'endsAt', ''],
  ['an end before its first run', { endsAt: '2020-01-01T00:00:00Z', enabled: true }, 'endsAt', 'after the next run'],
  ['a jitter longer than the time between runs', { cron: '*/5 * * * *', jitterSeconds: 300 }, 'jitterSeconds', '300 s'],
])('a schedule is refused for %s', async (_, more, path, message) => {
  expect(await call('POST', '/schedules', nightly(more))).toMatchObject({
    status: 422,
    body: { errors: [{ path, message: expect.stringContaining(message) }] },
  });
});

test('a schedule is refused for an event type of other sources, for a payload against its schema, and for a sink of another type', async () => {
  const other = await makePipeline(database);
  const { tenant, sinkType, action } = rest.pipeline;
  const webhookType = await makeEventType(database, { sinkType, action }, { sourceKind: 'WEBHOOK' });
  const strict = await makeEventType(database, { sinkType, action }, { payloadSchema: '{"required":["name"]}' });
  const foreign = await makeSink(database, await makeSinkType(database, tenant.id));
  const refusal = async (more: object) => (await call('POST', '/schedules', nightly(more))).body;
  expect(await refusal({ eventTypeId: webhookType.id })).toMatchObject({
    detail: `The event type ${webhookType.name} can not be scheduled: it is fired by WEBHOOK sources alone. Let it be fired by SCHEDULER or any source, or choose another.`,
    errors: [{ path: 'eventTypeId' }],
  });
  expect(await refusal({ eventTypeId: strict.id })).toMatchObject({
    errors: [{ path: 'payload', message: expect.stringContaining('name') }],
  });
  expect(await refusal({ pinnedSinkId: foreign.sink.id })).toMatchObject({ errors: [{ path: 'pinnedSinkId' }] });
  expect(await refusal({ pinnedSinkId: other.sink.id })).toMatchObject({ errors: [{ path: 'pinnedSinkId' }] });
});

test("a schedule is refused for another tenant's event type and sink", async () => {
  const { eventType, sink } = await makePipeline(database);
  for (const more of [{ eventTypeId: eventType.id }, { pinnedSinkId: sink.id }])
    expect((await call('POST', '/schedules', nightly(more))).status).toBe(422);
});

test('a blackout is made, found for the schedules that it holds for, changed and deleted', async () => {
  const { id: scheduleId } = (await call('POST', '/schedules', nightly({ name: 'dark' }))).body;
  const night = { kind: 'weekly', days: ['mon'], from: '22:00', until: '06:00', timeZone: 'Europe/Berlin' };
  const made = await call('POST', '/blackouts', { name: 'Night', scheduleId, window: night });
  const { id } = made.body;
  expect(made).toMatchObject({ status: 201, body: { schedule: { name: 'dark' }, window: night, version: 1 } });
  const always = { kind: 'once', from: '2020-01-01T00:00:00Z', until: '2120-01-01T00:00:00Z' };
  const all = (await call('POST', '/blackouts', { name: 'Freeze', window: always })).body;
  expect(all).toMatchObject({ active: true, scheduleId: null });
  const found = (await call('GET', `/blackouts?scheduleId=${scheduleId}`)).body.blackouts;
  expect(found).toMatchObject([{ name: 'Night' }, { name: 'Freeze' }]);
  const changed = { version: 1, name: 'Nights', scheduleId: null, window: night };
  expect((await call('PUT', `/blackouts/${id}`, changed)).body).toMatchObject({ name: 'Nights', schedule: null });
  expect((await call('PUT', `/blackouts/${id}`, changed)).status).toBe(409);
  for (const one of [id, all.id]) expect((await call('DELETE', `/blackouts/${one}`)).status).toBe(204);
  expect((await call('GET', `/blackouts/${id}`)).status).toBe(404);
  expect((await auditOf(web, String(id))).map(({ action }) => action)).toEqual([
    ...['blackout.created', 'blackout.updated', 'blackout.deleted'],
  ]);
});

test.each([
  ['of a zone that there is not', { kind: 'weekly', days: ['mon'], from: '22:00', until: '06:00', timeZone: 'UTC+25' }],
  ['that ends before it begins', { kind: 'once', from: '2030-01-02T00:00:00Z', until: '2030-01-01T00:00:00Z' }],
])('a blackout is refused %s', async (_, window) => {
  expect((await call('POST', '/blackouts', { name: 'Bad', window })).status).toBe(422);
});

test('runs that are to come are counted by quarters of an hour but for those in blackouts, and the next ones named', async () => {
  const { id } = (await call('POST', '/schedules', nightly({ name: 'often', cron: '*/5 * * * *', enabled: true })))
    .body;
  const upcoming = async () =>
    (await call('GET', '/upcoming-runs?hours=2')).body as {
      slots: { runs: number }[];
      next: { schedule: { id: string } }[];
      complete: boolean;
    };
  const { slots, next, complete } = await upcoming();
  expect(slots.reduce((sum, { runs }) => sum + runs, 0)).toBe(24);
  const window = { kind: 'once', from: '2020-01-01T00:00:00Z', until: '2088-01-01T00:00:00Z' };
  await call('POST', '/blackouts', { name: 'All of them', scheduleId: id, window });
  expect((await upcoming()).slots).toEqual([]);
  await call('POST', `/schedules/${id}/disable`, {});
  expect(next).toMatchObject([{ schedule: { id } }]);
  expect(complete).toBe(true);
});
