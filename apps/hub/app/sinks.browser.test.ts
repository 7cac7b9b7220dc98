import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { accessibilityFaults, pageFaults, scrollsSideways } from '@nexomatic/testkit/browser';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProductPage } from './testing/product-page.ts';

const program = fileURLToPath(new URL('../../sink/src/main.ts', import.meta.url));
const modules = fileURLToPath(new URL('../../sink/examples/demo', import.meta.url));

let on: Awaited<ReturnType<typeof openProductPage>>;
let folder: string;
beforeAll(async () => {
  on = await openProductPage();
  folder = await mkdtemp(path.join(tmpdir(), 'nexomatic-wizard-'));
}, 300_000);
afterAll(async () => {
  await on?.close();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const env = () => ({
  NODE_ENV: 'production' as const,
  PATH: '/usr/bin:/bin',
  NEXOMATIC_CONFIG_DIR: folder,
  NEXOMATIC_MODULES: modules,
});
const agent = (...args: string[]) => spawn(process.execPath, [program, ...args], { env: env(), stdio: 'ignore' });

test('one line makes a machine a sink: the page waits for it, turns green, and sends it a test event', async () => {
  const { page, open, button, field, link } = on;
  await open('sinks');
  await link('Add sink').click();
  await field('Name').fill('web-01');
  await field('Labels').fill('zone=eu');
  await button('Continue').click();
  const line = await page.locator('.join-card code').first().textContent();
  expect(line).toContain('/download/nexomatic-sink.tgz');
  const target = /nexomatic-sink join (\S+)/.exec(line ?? '')?.[1] ?? '';
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByText('Kubernetes', { exact: true }).click();
  await page.getByText('kind: StatefulSet').waitFor();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await scrollsSideways(page)).toBe(false);
  await page.setViewportSize({ width: 1280, height: 900 });

  const [code] = await once(agent('join', target), 'exit');
  expect(code).toBe(0);
  await link('web-01').waitFor();
  const running = agent('run');
  try {
    await page.getByRole('heading', { name: '2. Connected' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await button('Send a test event').click();
    await page.waitForURL(/\/events\/evt_/);
    await page.getByText('web-01').first().waitFor();
  } finally {
    const ended = once(running, 'exit');
    running.kill('SIGTERM');
    await ended;
  }
  on.expectOnly();
});

test('a container without a disk is given a standing token, which is shown once and lets it in', async () => {
  const { page, open, button, field, link } = on;
  await open('sinks/new');
  await page.getByRole('radio', { name: 'A standing token' }).check();
  await button('Continue').click();
  await page.getByText('Give the sink that has this token a name.').waitFor();
  await field('Name').fill('pod-1');
  await button('Continue').click();
  await page.getByRole('heading', { name: 'Give this token to pod-1' }).waitFor();
  const token = (await page.locator('.join-card code').first().textContent()) ?? '';
  expect(token).toMatch(/^nxs_[A-Za-z0-9_-]{43}$/);
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await scrollsSideways(page)).toBe(false);
  await page.setViewportSize({ width: 1280, height: 900 });
  const pod = spawn(process.execPath, [program, 'run'], {
    env: {
      ...env(),
      NEXOMATIC_CONFIG_DIR: path.join(folder, 'pod'),
      NEXOMATIC_STATE_DIR: path.join(folder, 'pod-state'),
      NEXOMATIC_HUB_URL: on.product.hubUrl,
      NEXOMATIC_SINK_TOKEN: token,
    },
    stdio: 'ignore',
  });
  const ended = once(pod, 'exit');
  try {
    await link('See pod-1').click();
    await page.getByText('a standing token').waitFor();
    await page.getByText('Online').first().waitFor();
  } finally {
    pod.kill('SIGTERM');
    await ended;
  }
  on.expectOnly(422);
});

test('a sink is paused and resumed from its page, sees each signal done, and what waits for it says why', async () => {
  const { page, open, button, api, send, pill } = on;
  const { sinks } = await api('GET', '/sinks?status=ONLINE');
  const [{ id }] = sinks;
  const newest = page.locator('.signals > li').first();
  const isDone = (word: string) =>
    newest.filter({ hasText: word }).locator('.signal-steps > li[data-reached]').nth(2).waitFor();
  await open(`sinks/${id}/control`);
  await button('Pause').click();
  await isDone('Pause');
  await button('Resume').waitFor();
  expect(await pageFaults(page)).toEqual([]);

  const event = await send({ name: 'Ada' });
  await open(`events/${event}`);
  await page
    .getByText(/sink is online: .*is paused/)
    .first()
    .waitFor();
  await open(`sinks/${id}/control`);
  await button('Resume').click();
  await isDone('Resume');
  await open(`events/${event}`);
  await pill('SUCCESS').first().waitFor();

  await open(`sinks/${id}/history`);
  await page.locator('.transitions').getByText('Paused', { exact: true }).waitFor();
  expect(await pageFaults(page)).toEqual([]);
  await open(`sinks/${id}`);
  await page.getByText('the last 24 hours').waitFor();
  expect(await pageFaults(page)).toEqual([]);
  on.expectOnly();
});

test('what breaks work off asks for the name of the sink first', async () => {
  const { open, button, dialog, api } = on;
  const { sinks } = await api('GET', '/sinks?status=ONLINE');
  const [{ id, name }] = sinks;
  await open(`sinks/${id}/control`);
  await button('Force-kill…').click();
  const sure = dialog().getByRole('button', { name: 'Force-kill' });
  await expect.poll(() => sure.isDisabled()).toBe(true);
  await dialog().getByRole('textbox').fill(name);
  await expect.poll(() => sure.isEnabled()).toBe(true);
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await dialog().waitFor({ state: 'hidden' });
  expect((await api('GET', `/sinks/${id}/signals`)).signals[0].kind).not.toBe('force_kill');
  on.expectOnly();
});

test('the hub hands out the agent that the line installs', async () => {
  const response = await fetch(`${on.product.hubUrl}/download/nexomatic-sink.tgz`);
  expect(response.status).toBe(200);
  const bytes = Buffer.from(await response.arrayBuffer());
  // What gzip begins with.
  expect(bytes.subarray(0, 2).toString('hex')).toBe('1f8b');
});

test('a revoked sink says so on its page, and has nothing left to revoke', async () => {
  const { page, open, button, link } = on;
  await open('sinks');
  await link('web-01').click();
  await page.getByText('keys of its own').waitFor();
  await page.getByText('zone=eu').waitFor();
  await button('Revoke').click();
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('nothing any more: revoked').waitFor();
  await expect.poll(() => button('Revoke').count()).toBe(0);
  on.expectOnly();
});
