import { pageFaults } from '@nexomatic/testkit/browser';
import { afterAll, afterEach, expect, test } from 'vitest';
import { openProductPage } from './testing/product-page.ts';

/** The first page of a tenant, from the first minute on. */
const it = await openProductPage();
const { page, home, goTo, reload, api, send, heading, button, link, pill, expectOnly } = it;
afterAll(() => it.close(), 60_000);
afterEach(() => expectOnly());

/** Goes to the page and waits until it is kept up to date. */
const open = async (search = '') => {
  await goTo(home + search);
  await page.locator('[data-live=live]').waitFor();
};
const firstSteps = () => page.getByRole('region', { name: 'First steps' });
const done = (step: string) =>
  firstSteps()
    .getByRole('listitem')
    .filter({ hasText: `Done: ${step}` });
const toDo = (step: string) =>
  firstSteps()
    .getByRole('listitem')
    .filter({ hasText: `To do: ${step}` });
const tile = (label: string) => page.locator('.stat', { hasText: label });
const strip = () => page.getByRole('slider');

test('the first steps say what is there, and tick a received event without a reload', async () => {
  await open();
  await done('Database').waitFor();
  await done('Sink online').waitFor();
  await toDo('Receive an event').waitFor();
  expect(await tile('Events').count()).toBe(0);
  await page.evaluate(() => Object.assign(window, { sameDocument: true }));
  await send({ name: 'Ada' });
  await done('Receive an event').waitFor();
  // The event and its follow-on.
  await tile('Events').getByText('2', { exact: true }).waitFor();
  await tile('Success rate').getByText('100 %').waitFor();
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true);
});

test('Fire it for me leads to the event, and its log ticks the next step', async () => {
  await open();
  await toDo('See its log').waitFor();
  await firstSteps().getByRole('button', { name: 'Fire it for me' }).click();
  await page.waitForURL(`${home}/events/evt_*`);
  await pill('SUCCESS').waitFor();
  await page.getByRole('navigation', { name: 'Parts of the event' }).getByRole('link', { name: 'Log' }).click();
  await page.getByRole('region', { name: 'Log lines' }).waitFor();
  await open();
  await done('See its log').waitFor();
});

test('Break it leads to an event that fails, which then stands among the recent errors', async () => {
  await open();
  await firstSteps().getByRole('button', { name: 'Break it' }).click();
  await page.waitForURL(`${home}/events/evt_*`);
  await pill('ERROR').waitFor();
  await open();
  const errors = page.getByRole('region', { name: 'Recent errors' });
  await errors.getByText('RuntimeError: Ada asked for a failure').waitFor();
  await tile('Success rate').getByRole('link', { name: '1 error' }).waitFor();
  await errors.getByRole('link', { name: 'Open the latest: hello.received' }).click();
  await pill('ERROR').waitFor();
});

test('running an event again, and an event type of one’s own, tick the last steps, and the list shrinks', async () => {
  await open();
  await toDo('Edit the module').getByRole('link', { name: 'Run the latest event again' }).waitFor();
  const { events } = await api('GET', '/events?limit=1&q=state:error');
  await api('POST', `/events/${events[0].id}/rerun`, {});
  await done('Edit the module').waitFor();
  await toDo('Make an event type of your own').getByRole('link', { name: 'Make one' }).click();
  await heading('New event type').waitFor();
  const { eventTypes } = await api('GET', '/event-types');
  const { sinkType, action } = eventTypes[0];
  await api('POST', '/event-types', { name: 'own.type', sinkTypeId: sinkType.id, actionId: action.id });
  await open();
  await page.getByRole('heading', { name: 'First steps: all done' }).waitFor();
  await expect.poll(() => firstSteps().getByRole('listitem').count()).toBe(0);
});

test('what was put away stays away, and comes back from the help', async () => {
  await open();
  await firstSteps().getByRole('button', { name: 'Put the first steps away' }).click();
  await firstSteps().waitFor({ state: 'detached' });
  await open();
  expect(await firstSteps().count()).toBe(0);
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByRole('link', { name: 'Show the first steps again' }).click();
  await firstSteps().waitFor();
  await open();
  await firstSteps().waitFor();
});

test('the time range stands in the address and survives a reload', async () => {
  await open();
  const ranges = page.getByRole('navigation', { name: 'Time range' });
  await ranges.getByRole('link', { name: '1 h' }).click();
  await page.waitForURL(`${home}?range=1h`);
  await tile('Events').getByText('fired in the last hour', { exact: true }).waitFor();
  await reload();
  await ranges.locator('[aria-current=page]', { hasText: '1 h' }).waitFor();
});

test('a time is selected by keyboard and leads to its events', async () => {
  await open('?range=1h');
  await strip().focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+Home');
  await page.getByText(/^\d\d:\d\d – \d\d:\d\d: \d+ success/).waitFor();
  expect(await strip().getAttribute('aria-valuetext')).toMatch(/^\d\d:\d\d – \d\d:\d\d: /);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/events\?q=/);
  expect(new URL(page.url()).searchParams.get('q')).toMatch(/^from:\S+Z to:\S+Z$/);
  await page.locator('tr', { hasText: 'hello.received' }).first().waitFor();
});

test('a time is selected by dragging, and Escape lets it go', async () => {
  await open('?range=1h');
  const box = await strip().boundingBox();
  if (!box) throw new Error('the chart has no place');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.2, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.95, y, { steps: 4 });
  await page.mouse.up();
  await link('Show the events of this time').waitFor();
  await strip().press('Escape');
  await link('Show the events of this time').waitFor({ state: 'detached' });
});

test('every chart can be read as a table', async () => {
  await open('?range=1h');
  const charts = button(/^Show .* as a table$/);
  await expect.poll(() => charts.count()).toBe(4);
  for (const chart of await charts.all()) await chart.click();
  const tables = page.getByRole('region', { name: 'Figures as a table' });
  await expect.poll(() => tables.count()).toBe(4);
  for (const table of await tables.all()) expect(await table.getByRole('row').count()).toBe(13);
});

test('nothing bars people who use a keyboard or a screen reader, by day or by night, and all fits a telephone', async () => {
  await open('?first-steps');
  expect(await pageFaults(page)).toEqual([]);
});
