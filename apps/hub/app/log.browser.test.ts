import { readFile, rename } from 'node:fs/promises';
import { pageFaults } from '@nexomatic/testkit/browser';
import { writeLog } from '@nexomatic/testkit/write-log';
import { afterAll, afterEach, expect, test } from 'vitest';
import { archivedLogs, archiveLogs } from './testing/archive-logs.ts';
import { openProductPage } from './testing/product-page.ts';

/** What people do with the log of an event, on the whole product. */
const it = await openProductPage();
const { product, page, open, button, expectOnly } = it;
afterAll(() => it.close(), 60_000);
afterEach(() => expectOnly());
await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);

const log = page.getByRole('region', { name: 'Log lines' });
const number = (line: number) => page.getByLabel(`Line ${line}`, { exact: true });
const count = page.locator('.log-find-count');
const fired = () => it.send({ name: 'Ada' });
const top = () => log.evaluate((pane) => pane.scrollTop);
/** Whether a line stands in what is seen of the pane. */
const isSeen = (line: number) =>
  page.evaluate((id) => {
    const [pane, row] = [document.querySelector('.log'), document.getElementById(id)];
    if (!pane || !row) return false;
    const [around, inside] = [pane.getBoundingClientRect(), row.getBoundingClientRect()];
    return inside.top >= around.top - 1 && inside.top < around.bottom;
  }, `L${line}`);

const [short = '', long = '', plain = '', huge = ''] = await Promise.all(Array.from({ length: 4 }, fired));
const lines = (count: number, textOf: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => `${textOf(n + 1)}\n`).join('');
await writeLog(product, short, [
  ['record', { level: 'info', message: 'Deploying', fields: { version: '4.12.0' } }],
  ['stdout', '::group::Installing\n\x1b[32m+\x1b[0m package one\n+ package two\n::endgroup::\n'],
  ['stderr', 'could not connect\n'],
  ['stdout', `${'x'.repeat(5_000)}\n`],
  ['record', { level: 'error', message: 'Traceback (most recent call last):\n  File "a.py"\nRefused: 10.0.0.7' }],
]);
await writeLog(product, long, [
  ['stdout', lines(30_000, (n) => `order ${n} of customer ${(n - 1) % 977}`)],
  ['record', { level: 'error', message: 'one of them failed' }],
  ['stdout', lines(10_000, (n) => `late ${n}`)],
]);
await writeLog(product, plain, [['stdout', lines(4_900, (n) => `plain ${n} of 4900`)]]);
await writeLog(product, huge, [
  ['stdout', lines(210_000, (n) => `row ${n}`)],
  ['stdout', `::group::Cleaning up\n${lines(4_000, (n) => `removed ${n}`)}::endgroup::\nall of it is clean\n`],
]);

test('a log opens with its groups folded, and a group, a long line and fields fold out', async () => {
  await open(`events/${short}?tab=log`);
  await log.getByText('Refused: 10.0.0.7').waitFor();
  expect(await log.getByText('package one').count()).toBe(0);
  await log.getByRole('button', { name: 'Installing 2 lines' }).click();
  await log.getByText('+ package one').waitFor();
  expect(await log.getByText('::endgroup::').count()).toBe(0);
  await log.getByRole('button', { name: '… 904 more characters' }).click();
  await log.getByRole('button', { name: 'version=4.12.0' }).click();
  await log.locator('dd', { hasText: '4.12.0' }).waitFor();
  expect(await pageFaults(page)).toEqual([]);
});

test('kinds and a text are filtered by, stand in the address, and are there again when it is opened', async () => {
  await button(/^Error$/).click();
  await log.getByText('Traceback').waitFor();
  await expect.poll(() => log.getByText('could not connect').count()).toBe(0);
  await button(/^Stderr$/).click();
  await log.getByText('could not connect').waitFor();
  await page.getByLabel('Show only lines that hold').fill('CONNECT');
  await expect.poll(() => log.locator('[data-row]').count()).toBe(1);
  expect(new URL(page.url()).searchParams.get('lines')).toBe('error,stderr');
  await it.reload();
  await log.getByText('could not connect').waitFor();
  await page.getByLabel('Show only lines that hold').fill('no such text');
  await button('Show all lines').click();
  await log.getByText('Deploying').waitFor();
  expect(new URL(page.url()).search).toBe('?tab=log');
});

test('lines are chosen, copied with their link, and shown by that link', async () => {
  await number(6).click();
  await number(7).click({ modifiers: ['Shift'] });
  await button('Copy with link').click();
  await page.getByRole('group', { name: 'Chosen lines' }).getByText('Copied').waitFor();
  const [link = '', first] = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
  expect(link).toBe(`${it.home}/events/${short}?tab=log#L6-L7`);
  expect(first).toBe('could not connect');
  await open('events');
  await it.goTo(link);
  await page.getByText('Lines 6–7', { exact: true }).waitFor();
  await expect.poll(() => log.locator('[data-marked]').count()).toBe(2);
  await button('Choose no lines').click();
});

test('the log is had as text, as records and raw, at any time', async () => {
  const download = async (entry: string) => {
    await button('Download the log').click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: entry }).click(),
    ]);
    return readFile((await file.path()) ?? '', 'utf8');
  };
  expect(await download('Text with times (.log)')).toMatch(/STDOUT \+ package one\n/);
  const records = (await download('Records (.ndjson)')).trim().split('\n');
  expect(records.map((line) => (JSON.parse(line) as { line: number }).line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const raw = await page.evaluate(
    (url) => fetch(url).then((answer) => answer.text()),
    `${it.home}/events/${short}/attempts/1/log?form=raw`,
  );
  expect(raw).toContain('\x1b[32m+\x1b[0m package one\n');
});

test('Ctrl F in the log finds in all of its lines on the hub, and its second press is the browser’s', async () => {
  await open(`events/${long}?tab=log`);
  await log.getByText('order 1 of customer 0').waitFor();
  expect(await log.locator('[data-row]').count()).toBeLessThan(200);
  await log.focus();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('LATE 999');
  await count.getByText('1 of 11').waitFor();
  await expect.poll(() => isSeen(31_000)).toBe(true);
  await page.keyboard.press('Enter');
  await count.getByText('2 of 11').waitFor();
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Shift+Enter');
  await count.getByText('11 of 11').waitFor();
  await expect.poll(() => isSeen(40_000)).toBe(true);
  const passed = await page.evaluate(() => {
    const field = document.activeElement;
    return field?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, bubbles: true, cancelable: true }),
    );
  });
  expect(passed).toBe(true);
  await button('Capital and small letters are different').click();
  await count.getByText('Nowhere').waitFor();
  await page.getByLabel('Find', { exact: true }).fill('^order 1?5 ');
  await button('Regular expression').click();
  await count.getByText('1 of 2').waitFor();
  await page.getByLabel('Find', { exact: true }).fill('(');
  await count.getByText('Not an expression').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => log.evaluate((pane) => pane === document.activeElement)).toBe(true);
  expectOnly(400);
});

test('f leads to the next error, an address to its line, and the scroll bar to lines that were not read yet', async () => {
  await open(`events/${long}?tab=log`);
  await log.getByText('order 1 of customer 0').waitFor();
  await page.keyboard.press('f');
  await expect.poll(() => isSeen(30_001)).toBe(true);
  await log.getByText('one of them failed').waitFor();
  await it.goTo(`${it.home}/events/${long}?tab=log#L12345`);
  await log.getByText('order 12345 of customer 620').waitFor();
  await expect.poll(() => isSeen(12_345)).toBe(true);
  await log.evaluate((pane) => {
    pane.scrollTop = pane.scrollHeight / 2;
  });
  await log.getByText('order 20000 of').waitFor();
  await page.getByLabel('Show only lines that hold').fill('customer 42');
  await log.getByText('order 43 of customer 42').waitFor();
  expect(await pageFaults(page)).toEqual([]);
});

test('what is being written is followed until its reader scrolls up, and again when they ask for it', async () => {
  const id = await it.send({ name: 'Ada', seconds: 20 });
  await page.setViewportSize({ width: 1280, height: 480 });
  await open(`events/${id}`);
  await log.getByText('step 12 of 40').waitFor();
  await expect.poll(top).toBeGreaterThan(0);
  await log.hover();
  await page.mouse.wheel(0, -20_000);
  await expect.poll(top).toBe(0);
  await button(/^\d+ new$/).waitFor();
  expect(await top()).toBe(0);
  await button(/^\d+ new$/).click();
  await expect.poll(top).toBeGreaterThan(0);
  await log.getByText('step 40 of 40').waitFor();
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('it fills the screen and leaves it by Escape, with its find bar, on a telephone too', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(`events/${short}?tab=log`);
  await log.getByText('Deploying').waitFor();
  await button('Full screen').click();
  await button('Find in the log').click();
  await page.keyboard.type('refused');
  await count.getByText('1 of 1').waitFor();
  expect(await pageFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect.poll(() => page.locator('.log-view[data-full]').count()).toBe(0);
  expect(page.url()).toContain(short);
  await page.setViewportSize({ width: 1280, height: 900 });
});

test('below 5,000 lines the browser finds and selects all of them, and all of them are copied', async () => {
  await open(`events/${plain}?tab=log`);
  await log.getByText('plain 1 of 4900', { exact: true }).waitFor();
  await expect.poll(() => log.locator('[data-kind=stdout]').count()).toBe(4_900);
  const finds = () => page.evaluate(() => (window as unknown as { find(text: string): boolean }).find('plain 4711 of'));
  expect(await finds()).toBe(true);
  const selected = await log.evaluate((pane) => {
    getSelection()?.selectAllChildren(pane);
    return (
      getSelection()
        ?.toString()
        .split('\n')
        .map((text) => text.trim()) ?? []
    );
  });
  expect([selected.length, selected[0], selected.at(-1)]).toEqual([4_900, 'plain 1 of 4900', 'plain 4900 of 4900']);
  await button('Copy the lines shown').click();
  const copied = async () => (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
  await expect.poll(async () => (await copied()).length).toBe(4_900);
  expect((await copied())[4_710]).toBe('plain 4711 of 4900');
});

test('groups of a log of hundreds of thousands of lines are folded, wherever it is opened', async () => {
  await open(`events/${huge}?tab=log#L210001`);
  await log.getByRole('button', { name: 'Cleaning up 4,000 lines' }).waitFor();
  await log.getByText('all of it is clean').waitFor();
  await log.getByRole('button', { name: 'Cleaning up 4,000 lines' }).click();
  await log.getByText('removed 1', { exact: true }).waitFor();
  await expect.poll(() => log.getByText('all of it is clean').count()).toBe(0);
});

test('of an archived log the page says that it is fetched, that the archive is away, and shows it when that is back', async () => {
  await archiveLogs(product);
  const [folder, away] = [archivedLogs(product), `${archivedLogs(product)}-away`];
  await rename(folder, away);
  const held = Promise.withResolvers<void>();
  await page.route('**/trpc/events.logLines*', async (route) => {
    await held.promise;
    await route.fallback();
  });
  await open(`events/${long}?tab=log&attempt=1&at=1.3#`);
  await page.getByText('In the archive. Fetching it, about 3 s…').waitFor();
  held.resolve();
  await page.getByText('Archived, temporarily unavailable').waitFor();
  await page.getByText('Nothing of it is lost').waitFor();
  expect(await pageFaults(page)).toEqual([]);
  await button('Try now').waitFor();
  await rename(away, folder);
  // By itself, or by that button.
  await page.getByText('From the archive').waitFor();
  await expect.poll(() => isSeen(4)).toBe(true);
  await page.getByText('Line 4', { exact: true }).waitFor();
  expect(await page.locator('#L4[data-marked]').textContent()).toContain('order 4 of customer 3');
  expectOnly(503);
});

test('an archived log is found in and read on, and lines that can not be fetched are said and come by themselves', async () => {
  await log.focus();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('LATE 10000');
  await count.getByText('1 of 1').waitFor();
  await expect.poll(() => isSeen(40_001)).toBe(true);
  await page.keyboard.press('Escape');
  await page.route('**/trpc/events.logLines*', (route) => route.abort());
  await log.evaluate((pane) => {
    pane.scrollTop = pane.scrollHeight / 2;
  });
  await page.getByText('The log can not be read just now.').waitFor();
  await page.unroute('**/trpc/events.logLines*');
  await log.getByText('order 20000 of').waitFor();
  await expect.poll(() => page.getByText('The log can not be read just now.').count()).toBe(0);
  expectOnly('net::ERR_FAILED');
});
