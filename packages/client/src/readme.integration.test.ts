import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openTestWeb } from '@nexomatic/hub/http/testing/open-test-web';
import { sinkHand, sinkOf } from '@nexomatic/hub/http/testing/run-event';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, expect, test } from 'vitest';
import { createNexomatic } from './nexomatic.ts';

const folder = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(`${folder}/README.md`, 'utf8');
const headings = readme.split(/^## /m).slice(1);
const examples = headings.flatMap((section) => {
  const [title = ''] = section.split('\n');
  return [...section.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ''], i) => ({ title: `${title} ${i + 1}`, code }));
});

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());

/** What each example prints, in the order of the page. */
const printed = [
  /^SUCCESS "Hello, Ada"$/,
  /^true true$/,
  /^\d{4}-\d\d-\d\dT\S+Z stdout Hello, Ada$/,
  // Its tenant has written nothing.
  /^$/,
  /^(evt_\S+ hello\.received QUEUED\n?)+$/,
  /^SHOP_TOKEN 1$/,
  /^2088-03-28T01:30:00\.000Z 28 Mar: 02:30 does not exist, runs 03:30$/,
  /^not_found There is no event type no\.such\.type here\.$/,
];

test('every example has its output here', () => {
  expect(examples.length).toBe(printed.length);
});

test.each(examples.map((example, i) => ({ ...example, output: printed[i] })))(
  'the example "$title" runs as it is written',
  async ({ code, output }) => {
    const pipeline = await makePipeline(database, { eventType: { name: 'hello.received' } });
    const env = { NEXOMATIC_URL: web.baseUrl, NEXOMATIC_TOKEN: pipeline.apiToken };
    const args = ['--no-warnings', '--input-type=module-typescript', '--eval', code];
    if (code.includes('each('))
      await createNexomatic({ url: web.baseUrl, token: pipeline.apiToken }).fire('hello.received', 1);
    const running = promisify(execFile)(process.execPath, args, { cwd: folder, env, timeout: 30_000 });
    if (/wait: true|follow: true/.test(code)) await greet(pipeline);
    const { stdout } = await running;
    expect(stdout.trim()).toMatch(output ?? /never/);
  },
);

/** Does what the demo's module does, as a sink would. */
async function greet(pipeline: Awaited<ReturnType<typeof makePipeline>>): Promise<void> {
  const hub = createNexomatic({ url: web.baseUrl, token: pipeline.apiToken });
  const event = await waitFor(async () => (await hub.events.list({ state: ['QUEUED'] })).events[0], {
    what: 'the example to fire an event',
  });
  const hand = sinkHand(web.services, sinkOf(pipeline), event.id);
  await hand.claim();
  await hand.log('stdout', 'Hello, Ada\n');
  await hand.end('SUCCESS', { result: { utf8: '"Hello, Ada"' } });
}
