import { newId } from '@nexomatic/contracts/id';
import { makePipeline } from '@nexomatic/testkit/factories';
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

test('a schedule can not be switched on yet, and the answer says so', async () => {
  const answer = await call('POST', '/schedules', nightly({ enabled: true }));
  expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'enabled' }] } });
  expect(answer.body.detail).toBe('Schedules do not run yet: save it switched off.');
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
])('a schedule is refused for %s', async (_, more, path, message) => {
  expect(await call('POST', '/schedules', nightly(more))).toMatchObject({
    status: 422,
    body: { errors: [{ path, message: expect.stringContaining(message) }] },
  });
});

test("a schedule is refused for another tenant's event type and sink", async () => {
  const { eventType, sink } = await makePipeline(database);
  for (const more of [{ eventTypeId: eventType.id }, { pinnedSinkId: sink.id }])
    expect((await call('POST', '/schedules', nightly(more))).status).toBe(422);
});
