import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acceptOne, sinkHand, sinkOf } from '@nexomatic/hub/http/testing/run-event';
import { archiveAll, archiverIn } from '@nexomatic/hub/server/archive/testing/old-logs';
import { makePipeline } from '@nexomatic/testkit/factories';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, expect, test } from 'vitest';
import { openCliHub } from '../testing/open-cli-hub.ts';

const folder = mkdtempSync(join(tmpdir(), 'nexomatic-cli-old-logs-'));
const store = join(folder, 'store');
const cli = await openCliHub({ env: { blobStore: { kind: 'file', folder: store } } });
const { database, web } = cli;
afterAll(() => rmSync(folder, { recursive: true }));

test('while the archive is away the command says so of an archived log, and prints it as before once it is back', async () => {
  const pipeline = await makePipeline(database);
  const logs = (...args: string[]) =>
    cli.run(['logs', ...args], { NEXOMATIC_URL: web.baseUrl, NEXOMATIC_TOKEN: pipeline.apiToken });
  const id = await acceptOne(web.services, pipeline);
  const hand = sinkHand(web.services, sinkOf(pipeline), id);
  await hand.claim();
  await hand.log('stdout', 'an old line\n');
  await hand.end('SUCCESS');
  const before = await logs(id, '--ndjson');
  await archiveAll(archiverIn(web, 20));

  renameSync(store, `${store}.away`);
  writeFileSync(store, 'not a folder');
  const away = {
    ...{ code: 1, stdout: '' },
    stderr: expect.stringMatching(/^error archive_unavailable: /),
  };
  expect(await logs(id)).toMatchObject(away);
  expect(await logs(id, '--json')).toMatchObject(away);
  const search = await logs('"an old line"');
  expect({ ...search, stderr: search.stderr.trim().split('\n') }).toEqual({
    code: 0,
    stdout: '',
    stderr: [expect.stringMatching(/archive/)],
  });

  rmSync(store);
  renameSync(`${store}.away`, store);
  const mended = async () => (await logs(id, '--ndjson')).stdout === before.stdout;
  expect(await waitFor(mended, { what: 'the log to be read from the archive', timeoutMs: 60_000 })).toBe(true);
  expect(await logs('"an old line"')).toMatchObject({
    stdout: expect.stringContaining(`${id}  an old line\n`),
    stderr: 'from the archive: 1 of 1 lines\n',
  });
});
