import { newId } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { bearer, openTestWeb } from '../testing/open-test-web.ts';
import { acceptOne, sinkOf } from '../testing/run-event.ts';
import { rawRequest, sendRaw } from './send-raw.ts';

/** What agents may say wrongly, as bytes on a socket; the numbers are those of the catalogue of bad inputs. */

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const pipeline = await makePipeline(database);

/** One call of the sink: the answer's status, what it brought, and what it was refused by. */
async function say(call: string, input: unknown) {
  const body = JSON.stringify(input);
  const headers = { host: new URL(web.baseUrl).host, ...bearer(pipeline.sinkToken) };
  const answer = await sendRaw(new URL(web.baseUrl), rawRequest({ path: `/trpc/sink.${call}`, headers, body }));
  expect(answer.body).not.toMatch(/\bat .*\.(?:ts|js):\d+/);
  const { result, error } = JSON.parse(answer.body);
  const { code, detail, errors } = error?.data.problem ?? {};
  return { status: answer.status, headers: answer.headers, data: result?.data, code, detail, errors };
}

const read = async (path: string) => (await web.get(`/api/v1${path}`, { headers: bearer(pipeline.apiToken) })).json();

async function running() {
  const eventId = await acceptOne(web.services, pipeline);
  await web.services.claimAttempts(sinkOf(pipeline), [{ eventId, attempt: 1 }]);
  return { eventId, attempt: 1 };
}

const hello = { version: '0.1.0', hostname: 'host', platform: 'linux-x64', slots: 4 };
const megabytes = (count: number): string => 'x'.repeat(count * 1024 * 1024);
const module = { name: 'a.b', hash: 'f'.repeat(64), summary: null, parameters: [] };

describe('69: a lease', () => {
  test('of an older attempt, of an event of nobody, or of another sink is lost', async () => {
    const attempt = await running();
    const stranger = await makePipeline(database);
    const theirs = await acceptOne(web.services, stranger);
    await web.services.claimAttempts(sinkOf(stranger), [{ eventId: theirs, attempt: 1 }]);
    const attempts = [
      attempt,
      { ...attempt, attempt: 2 },
      { eventId: newId('event'), attempt: 1 },
      { eventId: theirs, attempt: 1 },
    ];
    expect((await say('renew', { attempts })).data).toEqual({ outcomes: ['renewed', 'lost', 'lost', 'lost'] });
  });
});

describe('70: a result', () => {
  test('that is told twice counts once, whatever the second says', async () => {
    const attempt = await running();
    const report = { ...attempt, state: 'SUCCESS', result: { utf8: '1' }, lastLogSeq: 0 };
    const outcomes = [];
    for (const told of [report, report, { ...report, result: { utf8: '2' } }, { ...report, state: 'ERROR' }]) {
      outcomes.push(...(await say('record', { reports: [told] })).data.outcomes);
    }
    expect(outcomes).toEqual(['recorded', 'already', 'already', 'stale']);
    expect((await read(`/events/${attempt.eventId}`)).result.text).toBe('1');
  });
});

describe('72: a result is refused, and its attempt goes on,', () => {
  test.each([
    ['a state that is none', { state: 'DONE' }, 'reports[0].state'],
    ['no state', { state: undefined }, 'reports[0].state'],
    ['a log of minus one chunk', { lastLogSeq: -1 }, 'reports[0].lastLogSeq'],
    ['a message of 2,001 characters', { message: 'x'.repeat(2_001) }, 'reports[0].message'],
    ['an exit code of a half', { exitCode: 0.5 }, 'reports[0].exitCode'],
    ['a reason that is none', { reason: 'because' }, 'reports[0].reason'],
  ])('where it has %s', async (_what, given, path) => {
    const attempt = await running();
    const { status, code, errors } = await say('record', {
      reports: [{ ...attempt, state: 'SUCCESS', lastLogSeq: 0, ...given }],
    });
    expect({ status, code, paths: errors.map((fault: { path: string }) => fault.path) }).toEqual({
      status: 400,
      code: 'bad_request',
      paths: [path],
    });
    expect((await say('renew', { attempts: [attempt] })).data).toEqual({ outcomes: ['renewed'] });
  });
});

describe('75: an agent', () => {
  test.each([
    ['0.0.9', /takes agents from 0\.1\.0 to any 0\.x; this one is 0\.0\.9, which is too old\. Install the hub/],
    ['1.0.0', /this one is 1\.0\.0, which is too new/],
    ['newest', /does not say which version it is/],
  ])('of version %s is refused with 426 and the versions that are taken', async (version, words) => {
    const { status, headers, code, detail } = await say('hello', { ...hello, version });
    expect({ status, code, upgrade: headers.get('upgrade') }).toEqual({
      status: 426,
      code: 'agent_version',
      upgrade: 'nexomatic-sink/0.1.0',
    });
    expect(detail).toMatch(words);
  });

  test('whose clock is an hour off is let in, and how far it is off can be read', async () => {
    expect((await say('hello', hello)).status).toBe(200);
    const at = Math.round(web.services.clock.now()) + 3_600_000;
    expect((await say('heartbeat', { slotsBusy: 0, stopping: false, at })).status).toBe(200);
    const sink = await read(`/sinks/${pipeline.sink.id}`);
    expect(sink.status).toBe('ONLINE');
    expect(Math.abs(sink.presence.clockSkewMs - 3_600_000)).toBeLessThan(60_000);
  });
});

describe('76: a number that is none, or beyond its limits, is refused', () => {
  test.each([
    ['a processor that is busy to 150 of 1', { machine: { cpu: 150, memory: 0 } }, 'machine.cpu'],
    ['memory that is not a number', { machine: { cpu: 0, memory: Number.NaN } }, 'machine.memory'],
    ['minus one slot', { slotsBusy: -1 }, 'slotsBusy'],
    ['a clock that stands at a half', { at: 0.5 }, 'at'],
  ])('%s', async (_what, given, path) => {
    const { status, errors } = await say('heartbeat', { slotsBusy: 0, stopping: false, ...given });
    expect({ status, paths: errors.map((fault: { path: string }) => fault.path) }).toEqual({
      status: 400,
      paths: [path],
    });
  });
});

describe('77: an agent that says too much of itself is refused with 413', () => {
  test.each([
    ['10 MB in its hello', 'hello', { ...hello, hostname: megabytes(10) }],
    ['10 MB in a heartbeat', 'heartbeat', { slotsBusy: 0, stopping: false, more: megabytes(10) }],
    ['10 MB of modules', 'tellModules', { modules: [{ ...module, summary: megabytes(10) }], truncated: false }],
    [
      '1,001 modules',
      'tellModules',
      { modules: Array.from({ length: 1_001 }, (_, i) => ({ ...module, name: `m${i}` })), truncated: false },
    ],
    [
      'modules with more than a megabyte of words',
      'tellModules',
      {
        modules: Array.from({ length: 1_000 }, (_, i) => ({ ...module, name: `m${i}`, summary: 'é'.repeat(490) })),
        truncated: false,
      },
    ],
  ])('%s', async (_what, call, input) => {
    const { status, code, detail } = await say(call, input);
    expect({ status, code }, detail).toEqual({ status: 413, code: 'payload_too_large' });
  });

  test('but a thousand modules, and a report of many megabytes, are taken', async () => {
    const modules = Array.from({ length: 1_000 }, (_, i) => ({ ...module, name: `m${i}` }));
    expect((await say('tellModules', { modules, truncated: true })).status).toBe(200);
    const attempts = await Promise.all(Array.from({ length: 4 }, running));
    const result = { utf8: JSON.stringify('x'.repeat(1_000_000)) };
    const reports = attempts.map((attempt) => ({ ...attempt, state: 'SUCCESS', result, lastLogSeq: 0 }));
    expect((await say('record', { reports })).data.outcomes).toEqual(reports.map(() => 'recorded'));
  });
});
