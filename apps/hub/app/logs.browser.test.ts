import { rename } from 'node:fs/promises';
import { accessibilityFaults, pageFaults, scrollsSideways } from '@nexomatic/testkit/browser';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { archivedLogs, archiveLogs } from './testing/archive-logs.ts';
import { openProductPage } from './testing/product-page.ts';

/** Logs across events, as somebody looks for what went wrong. */
const it = await openProductPage();
const { product, page, open, api, send, heading, button, link, expectOnly, home } = it;
afterAll(() => it.close(), 60_000);
afterEach(() => expectOnly());

const slow = { timeout: 60_000 };
const found = async (q: string): Promise<{ text: string }[]> =>
  (await api('GET', `/logs?${new URLSearchParams({ q })}`)).records;
const rows = () => page.locator('.logs-table tbody tr');
const row = (text: string) => rows().filter({ hasText: text });
const inspector = () => page.getByRole('complementary', { name: 'The record' });
const query = () => page.getByRole('combobox', { name: 'Query' });
const ask = async (text: string) => {
  await query().fill(text);
  await query().press('Enter');
  await page.waitForURL((url) => url.searchParams.get('q') === text);
};

const ada = await send({ name: 'Ada' });
const eve = await send({ name: 'Eve', fail: true });
const timeoutMs = 60_000;
await waitFor(async () => (await found('"saying it out loud" Ada'))[0], {
  what: 'the log of Ada',
  timeoutMs,
  everyMs: 200,
});
await waitFor(async () => (await found('level:error "the greeting failed"'))[0], {
  what: 'the log of Eve',
  timeoutMs,
  everyMs: 200,
});

describe('the page Logs', () => {
  test('shows what all events wrote, newest first, with a count by level; it is reached by g l', async () => {
    await open('events');
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await heading('Logs').waitFor();
    await row('greeting somebody').first().waitFor();
    await row('saying it out loud: Hello, Ada!').waitFor();
    expect(await row('the greeting failed').locator('.level').textContent()).toContain('error');
    await page.getByRole('slider', { name: /Select a time range/ }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('a query narrows it, its chips take terms away, and an unknown key is refused at its place', async () => {
    await open('logs');
    await ask('type:hello.received level:info');
    await expect.poll(() => row('out loud').count(), slow).toBe(0);
    expect(await rows().count()).toBeGreaterThan(1);
    await link('Remove level:info').click();
    await page.waitForURL((url) => url.searchParams.get('q') === 'type:hello.received');
    await query().fill('levle:error');
    await query().press('Enter');
    await page.getByText('There is no key levle; did you mean level?').waitFor();
    await ask('"no such words" level:error');
    await heading('Logs').waitFor();
    await page.getByRole('heading', { name: 'No record matches this filter in the last 24 hours' }).waitFor();
    await link('Without level:error').waitFor();
    await link('Clear the filter').click();
    await row('out loud').waitFor();
  });

  test('a row opens beside the list with the lines around it, filters by what it holds, and leads to its event', async () => {
    await open(`logs?q=${encodeURIComponent('"out loud"')}`);
    await row('out loud').getByRole('link').last().press('Enter');
    await inspector().getByText('Lines around it').waitFor();
    await inspector().locator('[data-here]').getByText('saying it out loud: Hello, Ada!').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.reload();
    await inspector().locator('[data-here]').waitFor();
    await inspector()
      .getByRole('link', { name: /^Only event:/ })
      .click();
    await page.waitForURL((url) => url.searchParams.get('q')?.includes('event:evt_') === true);
    await open(`logs?q=${encodeURIComponent(`event:${eve}`)}`);
    await row('greeting somebody').locator('.cell-message').click();
    await inspector().getByRole('link', { name: 'Open the event at this line' }).click();
    await page.waitForURL((url) => url.pathname.endsWith(`/events/${eve}`) && url.searchParams.get('at') !== null);
    await page.goBack();
    await inspector().waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => inspector().count()).toBe(0);
  });

  test('a range is selected in the chart by keys and becomes the range of the query', async () => {
    await open('logs');
    const chart = page.getByRole('slider', { name: /Select a time range/ });
    await chart.focus();
    await chart.press('End');
    await chart.press('Shift+ArrowLeft');
    await link('Show only these').waitFor();
    await chart.press('Enter');
    await page.waitForURL((url) => /^from:\S+ to:\S+$/.test(url.searchParams.get('q') ?? ''));
    await row('out loud').waitFor();
  });

  test('what comes while somebody points at the list waits behind a pill, and nothing comes with the tail off', async () => {
    await open(`logs?q=${encodeURIComponent('type:hello.received')}`);
    await row('greeting somebody').first().hover();
    const before = await rows().count();
    await send({ name: 'Grace' });
    await button(/^\d+ new$/).waitFor(slow);
    expect(await rows().count()).toBe(before);
    await button(/^\d+ new$/).click();
    await row('name=Grace').first().waitFor();
    await page.getByLabel('Live tail').uncheck();
    await page.waitForURL((url) => url.searchParams.get('live') === 'off');
    await send({ name: 'Linus' });
    await expect.poll(async () => (await found('field.name:Linus')).length, slow).toBe(1);
    expect(await row('name=Linus').count()).toBe(0);
    await page.getByLabel('Live tail').check();
    await row('name=Linus').first().waitFor(slow);
  });

  test('fits a phone, light and dark', async () => {
    await open(`logs?q=${encodeURIComponent(`event:${ada}`)}`);
    await page.setViewportSize({ width: 390, height: 844 });
    await row('greeting somebody').getByRole('link').last().click();
    await inspector().locator('[data-here]').waitFor();
    expect(await scrollsSideways(page)).toBe(false);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await pageFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(page.url()).toContain(home);
  });

  test('says which records come from the archive, and that some may be missing while it is away', async () => {
    await archiveLogs(product);
    const [folder, away] = [archivedLogs(product), `${archivedLogs(product)}-away`];
    const asked = `logs?q=${encodeURIComponent(`event:${eve}`)}`;
    await rename(folder, away);
    await open(asked);
    await page.getByText('Archived records may be missing.').waitFor();
    expect(await row('greeting somebody').count()).toBe(0);
    await rename(away, folder);
    await open(asked);
    await page.getByText('These records come from the archive').waitFor();
    expect(await row('greeting somebody').getByText('from the archive').count()).toBe(1);
    expect(await pageFaults(page)).toEqual([]);
    await row('greeting somebody').getByRole('link').last().click();
    await inspector().locator('[data-here]').getByText('greeting somebody').waitFor();
    await inspector().getByText('from the archive').waitFor();
  });
});
