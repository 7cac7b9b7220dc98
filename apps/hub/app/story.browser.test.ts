import { accessibilityFaults, pageFaults } from '@nexomatic/testkit/browser';
import { afterAll, afterEach, expect, test } from 'vitest';
import { openProductPage } from './testing/product-page.ts';

/** The whole product: edge in workerd, hub, sink, a real Python module, and a browser that looks at it. */
const it = await openProductPage();
const { product, page, home, goTo, open, reload, send, stranger, heading, button, pill, expectOnly } = it;
afterAll(() => it.close(), 60_000);
afterEach(() => expectOnly());

const eventsUrl = `${home}/events`;
const pillInRow = (id: string, state: string) => page.locator(`tr:has(a[href$="${id}"]) [data-state=${state}]`);
const chain = () => page.getByRole('region', { name: 'Chain' }).getByRole('listitem');
const part = (name: string) => page.getByRole('navigation', { name: 'Parts of the event' }).getByRole('link', { name });
const liveList = async () => {
  // Every step of every chain: without a query the list shows what was fired from outside alone.
  await open('events?q=');
  await page.locator('[data-live=live]').waitFor();
  await page.mouse.move(0, 0);
};

test('the printed link signs in once, and says how to get another when it is used again', async () => {
  await page.getByRole('heading', { name: 'Your hub is running' }).waitFor();
  await open('events');
  await page.getByRole('heading', { name: 'No events yet' }).waitFor();

  const late = await stranger();
  await late.goTo(product.dashboardUrl);
  await late.page.getByRole('heading', { name: 'This link no longer works' }).waitFor();
  await late.page.getByText('npm stop && npm start').waitFor();
  await late.goTo(eventsUrl);
  expect(new URL(late.page.url()).pathname).toBe('/login');
  await late.close();
});

test('a webhook appears in the open list and reaches SUCCESS there, with its follow-on, without a reload', async () => {
  await liveList();
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  const id = await send({ name: 'Ada' });
  await pillInRow(id, 'SUCCESS').waitFor();
  const followOn = page.locator('tr', { hasText: 'hello.notify' });
  await followOn.locator('[data-state=SUCCESS]').waitFor();
  expect(await followOn.textContent()).toContain('on success');
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
});

test('an event shows its chain, payload, parameters, result and attempts', async () => {
  await liveList();
  await page.locator('tr', { hasText: 'hello.received' }).first().getByRole('link').click();
  await pill('SUCCESS').waitFor();
  await expect.poll(() => chain().count()).toBe(2);
  expect(await chain().nth(1).textContent()).toMatch(/hello\.notify.*on success/s);
  await page.getByText('"Hello, Ada!"').waitFor();

  await part('Payload').click();
  await button('Raw').click();
  await page.getByText('{"name":"Ada"}', { exact: true }).waitFor();
  await part('Parameters').click();
  await page.getByRole('row', { name: /greeting STATIC .* "Hello"/ }).waitFor();
  await page.getByRole('row', { name: /name DATA .* "Ada"/ }).waitFor();
  await part('Attempts').click();
  await page.getByRole('row', { name: /1 SUCCESS demo-sink/ }).waitFor();
  expect(new URL(page.url()).search).toBe('?tab=attempts');

  await page.getByRole('link', { name: 'hello.notify' }).click();
  await heading('hello.notify').waitFor();
  await part('Payload').click();
  await page.getByText('"Hello, Ada!"').waitFor();
});

test('a module that raises ends as ERROR with its traceback, and fires the event for failures', async () => {
  await open(`events/${await send({ name: 'Ada', fail: true })}`);
  await pill('ERROR').waitFor();
  await page.getByRole('region', { name: 'What went wrong' }).getByText('Ada asked for a failure').waitFor();
  await part('Log').click();
  const log = page.getByRole('region', { name: 'Log lines' });
  await log.getByText('Traceback (most recent call last)').waitFor();
  await log.getByText(/RuntimeError: Ada asked for a failure/).waitFor();
  await chain().filter({ hasText: 'hello.alert' }).waitFor();
  expect(await chain().nth(1).textContent()).toMatch(/hello\.alert.*on failure/s);
});

test('a module that warns ends as WARNING, and what it warned of stands in the list', async () => {
  const id = await send({ name: 'Ada', warn: true });
  await liveList();
  await pillInRow(id, 'WARNING').waitFor();
  await page.locator(`tr:has(a[href$="${id}"])`).getByText('Ada asked for a warning').waitFor();
});

test('a payload without what a parameter needs ends as ERROR and says so', async () => {
  await open(`events/${await send({})}`);
  await page.locator('h1 ~ [data-state=ERROR]', { hasText: 'parameter missing' }).waitFor();
});

test('a log is read while it is written: its lines are there before the event has ended', async () => {
  const id = await send({ name: 'Ada', seconds: 5 });
  await open(`events/${id}`);
  await page.getByText('step 2 of 10').waitFor();
  await pill('RUNNING').waitFor();
  expect(await page.getByText('step 10 of 10').count()).toBe(0);
  await pill('SUCCESS').waitFor();
  await page.getByText('step 10 of 10').waitFor();
  expect(await page.getByText(/^step \d+ of 10$/).count()).toBe(10);
});

test('an event that is not there, and a tenant that is not ours, give the same page', async () => {
  const titles: (string | null)[] = [];
  for (const address of [`${eventsUrl}/evt_00000000000000000000000000`, `${product.hubUrl}/t/nobody/events`]) {
    expect(await goTo(address)).toBe(404);
    titles.push(await page.getByRole('heading', { level: 1 }).textContent());
  }
  expect(titles).toEqual(['There is no such thing here', 'There is no such thing here']);
  expectOnly(404);
});

test('nothing bars people who use a keyboard or a screen reader, by day or by night, and all fits a telephone', async () => {
  await liveList();
  expect(await pageFaults(page)).toEqual([]);
  const failed = page.locator('tr:has([data-state=ERROR]) a').last();
  await failed.focus();
  await page.keyboard.press('Enter');
  for (const name of ['Log', 'Payload', 'Parameters', 'Result', 'Attempts', 'Activity']) {
    await part(name).click();
    await page.locator('[aria-current=page]', { hasText: name }).waitFor();
    expect(await pageFaults(page)).toEqual([]);
  }
});

test('the palette finds things of the tenant by a part of their names, and leads to their pages', async () => {
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: /^Type a name/ });
  await field.fill('SIGNING');
  await page.getByRole('group', { name: 'Secrets' }).getByRole('option', { name: 'DEMO_SIGNING_KEY' }).waitFor();
  await field.fill('received');
  const found = page.getByRole('group', { name: 'Event types' }).getByRole('option');
  await expect.poll(() => found.allTextContents()).toEqual(['hello.received']);
  expect(await accessibilityFaults(page)).toEqual([]);
  await found.click();
  await page.waitForURL(/\/event-types\/ety_/);
  await page.getByRole('heading', { level: 1, name: 'hello.received' }).waitFor();
  await page.keyboard.press('Control+k');
  await field.fill('nothing-is-called-so');
  await page.getByText('Nothing of that name.').waitFor();
  await page.keyboard.press('Escape');
});

test('the palette opens an event by its pasted id, and g e leads back to the events', async () => {
  const id = await send({ name: 'Ada' });
  await liveList();
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: /paste an id/ });
  await field.fill(`see ${product.hubUrl}/t/demo/events/${id}?tab=log`);
  await page.getByRole('option', { name: `Open ${id}` }).waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await field.press('Enter');
  await page.waitForURL(`${eventsUrl}/${id}`);
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByText('hello.received').waitFor();
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await page.waitForURL(eventsUrl);
});

test('a folded navigation stays folded on the next visit', async () => {
  await liveList();
  const word = page.getByRole('navigation', { name: 'Main' }).getByText('Events');
  const width = async (): Promise<number> => (await word.boundingBox())?.width ?? 0;
  expect(await width()).toBeGreaterThan(10);
  await page.keyboard.press('[');
  await button('Unfold the navigation').waitFor();
  await reload();
  expect(await width()).toBeLessThan(10);
  await button('Unfold the navigation').click();
  await button(/^Fold the navigation$/).waitFor();
});

test('a telephone has the navigation in a drawer that a visit closes', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await liveList();
  const drawer = page.getByRole('navigation', { name: 'Main' });
  expect(await drawer.isVisible()).toBe(false);
  await button(/^Navigation$/).click();
  await drawer.waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await drawer.getByRole('link', { name: 'Events' }).click();
  await drawer.waitFor({ state: 'hidden' });
});

test('signing out ends the session', async () => {
  await open('events');
  await button(/^Account of/).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('**/login');
  await goTo(eventsUrl);
  expect(new URL(page.url()).pathname).toBe('/login');
});
