import { pageFaults } from '@nexomatic/testkit/browser';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openProductPage } from './testing/product-page.ts';

/** What people do with many events: find, keep, run again, cancel and fire them. The product is the whole one. */
const it = await openProductPage();
const { page, open, api, send, button, link, dialog, pill, expectOnly } = it;
afterAll(() => it.close(), 60_000);
afterEach(() => expectOnly());

beforeAll(async () => {
  for (const fail of [false, true, false, true]) await send({ name: 'Ada', fail });
  await list('is:root');
  for (const state of ['ERROR', 'SUCCESS']) await states(state).nth(1).waitFor();
});

const field = () => page.getByRole('combobox', { name: 'Query' });
const rows = () => page.locator('tbody tr.row');
const states = (state: string) => rows().locator(`[data-state=${state}]`);
const query = () => new URL(page.url()).searchParams.get('q');
const idOfPage = () => new URL(page.url()).pathname.split('/').at(-1) ?? '';

/** Opens the list with that query and waits until it is kept up to date. */
async function list(q: string): Promise<void> {
  await open(`events?${new URLSearchParams({ q })}`);
  await live();
}

async function live(): Promise<void> {
  await page.locator('[data-live=live]').waitFor();
  // A pointer over the rows would hold new ones back.
  await page.mouse.move(0, 0);
}

describe('the filter', () => {
  test('is written by keyboard with its suggestions, and stands on chips and in the address', async () => {
    await list('');
    await page.keyboard.press('/');
    await page.keyboard.type('st');
    await page.getByRole('option', { name: /^state:/ }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('er');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(query).toBe('state:error');
    await expect.poll(() => rows().count()).toBe(2);
    await expect.poll(() => states('ERROR').count()).toBe(2);
    await link('Remove state:error').click();
    await expect.poll(query).toBe('');
    await expect.poll(() => field().inputValue()).toBe('');
  });

  test('suggests the names that the hub knows', async () => {
    await list('');
    await page.keyboard.press('/');
    await page.keyboard.type('type:rec');
    await page.getByRole('option', { name: 'hello.received' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => field().inputValue()).toBe('type:hello.received ');
    await page.keyboard.press('Enter');
    await expect.poll(query).toBe('type:hello.received');
  });

  test('says what it can not read and where, and Escape brings back what holds', async () => {
    await list('state:error');
    await field().fill('stat:error');
    await page.keyboard.press('Enter');
    await page.getByText('There is no key stat; did you mean state?').waitFor();
    expect(query()).toBe('state:error');
    await page.keyboard.press('Escape');
    await expect.poll(() => field().inputValue()).toBe('state:error');
  });

  test('excludes what is pressed in a row, and the browser’s way back restores the list', async () => {
    await list('is:root');
    await expect.poll(() => rows().count()).toBe(4);
    await states('ERROR').first().click();
    await page.getByRole('menuitem', { name: 'Not state:error' }).click();
    await expect.poll(query).toBe('is:root -state:error');
    await expect.poll(() => rows().count()).toBe(2);
    await expect.poll(() => states('SUCCESS').count()).toBe(2);
    await page.goBack();
    await expect.poll(() => rows().count()).toBe(4);
  });

  test('shows the steps of chains when asked for', async () => {
    await open('events');
    await live();
    await expect.poll(() => rows().count()).toBe(4);
    await page.getByRole('checkbox', { name: 'Chain steps' }).check();
    await expect.poll(() => rows().count()).toBe(8);
  });

  test('says when it found nothing what to leave out, and how to look further back', async () => {
    await list('type:hello.received state:warning');
    await page.getByRole('heading', { name: 'No event matches this filter in the last 24 hours' }).waitFor();
    await link('Widen to 7 days').click();
    await expect.poll(query).toBe('type:hello.received state:warning since:7d');
    await link('Without state:warning').click();
    await expect.poll(() => rows().count()).toBe(4);
  });

  test('takes addresses of its earlier form', async () => {
    await open('events?state=error&type=hello.received&range=7d');
    expect(query()).toBe('state:error type:hello.received since:7d');
    await expect.poll(() => rows().count()).toBe(2);
  });
});

test('a view is saved under a name, opened by it, and deleted', async () => {
  await list('type:hello.received state:error');
  await button('Save view').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Broken greetings');
  await page.keyboard.press('Enter');
  const views = page.getByRole('navigation', { name: 'Views' });
  const view = views.getByRole('link', { name: 'Broken greetings' });
  await view.and(page.locator('[aria-current=page]')).waitFor();

  await open('events');
  await view.click();
  await expect.poll(query).toBe('type:hello.received state:error');
  await expect.poll(() => rows().count()).toBe(2);

  await button('Actions for the view Broken greetings').click();
  await page.getByRole('menuitem', { name: 'Delete this view…' }).click();
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await page.getByText('The view was deleted').waitFor();
  await view.waitFor({ state: 'detached' });
});

test('an event is fired by hand with the last payload, waits and says why, and is cancelled by a key', async () => {
  await open('events/new?type=hello.received');
  await page.getByRole('textbox', { name: 'Payload' }).getByText('"Ada"').waitFor();
  await page.getByRole('spinbutton', { name: 'Start after' }).fill('3600');
  await page.getByText('"delaySeconds": 3600').waitFor();
  await button(/^Fire$/).click();
  await pill('QUEUED').waitFor();
  await page
    .getByRole('region', { name: 'Why it waits' })
    .getByText(/goes on in 59 m|goes on in 1 h/)
    .waitFor();
  await page.keyboard.press('c');
  await page.locator('h1 ~ [data-state=ERROR]', { hasText: 'cancelled' }).waitFor();
});

test('an event is run again from the keyboard, and both events link to each other', async () => {
  await list('is:root state:success');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await pill('SUCCESS').waitFor();
  const original = idOfPage();
  await page.keyboard.press('r');
  await page.getByRole('heading', { name: 'Re-run hello.received' }).waitFor();
  await page.keyboard.press('Enter');
  await pill('SUCCESS').waitFor();
  const rerun = idOfPage();
  expect(rerun).not.toBe(original);
  await page.getByRole('region', { name: 'Re-runs' }).getByRole('link').click();
  await page.waitForURL(`**/${original}`);
  await page.getByRole('region', { name: 'Re-runs' }).locator(`a[href$="${rerun}"]`).waitFor();
});

test('an event opened from a list leads to its neighbours there, and back to the same list', async () => {
  await list('is:root state:error type:hello.received');
  const ids = await rows().evaluateAll((all) => all.map((row) => row.getAttribute('data-id')));
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/${ids[0]}`);
  await page.getByRole('link', { name: 'Next event' }).waitFor();
  await page.keyboard.press('j');
  await page.waitForURL(`**/${ids[1]}`);
  await page.getByRole('link', { name: 'Previous event' }).waitFor();
  await page.keyboard.press('k');
  await page.waitForURL(`**/${ids[0]}`);
  await page.keyboard.press('Escape');
  await expect.poll(query).toBe('is:root state:error type:hello.received');
});

test('everything that a filter finds is run again as one job, which leads to what it made', async () => {
  await list('is:root state:error reason:exception');
  const found = 2;
  await expect.poll(() => rows().count()).toBe(found);
  await page.getByRole('checkbox', { name: 'Select every row of this page' }).check();
  await button('Select everything that the filter finds').click();
  await link('Re-run…').click();
  await button(`Re-run ${found} events`).click();
  await page.waitForURL('**/bulk/blk_*');
  await page.locator('[data-bulk=DONE]').waitFor();
  await page.getByText(`${found} of ${found} events`).waitFor();
  await link('See the events').click();
  await expect.poll(() => rows().count()).toBe(found);
  await expect.poll(() => states('ERROR').count()).toBe(found);

  await open('bulk');
  await page.getByRole('row', { name: /Re-run .*Done/ }).waitFor();
});

test('rows are selected by keys, and what waits among them is cancelled together', async () => {
  for (const name of ['Bo', 'Cy'])
    await api('POST', '/events', { type: 'hello.received', payload: { name }, delaySeconds: 3_600 });
  await list('state:queued');
  await expect.poll(() => rows().count()).toBe(2);
  for (const key of ['j', 'x', 'j', 'x']) await page.keyboard.press(key);
  await page.getByText('2 selected').waitFor();
  await page.keyboard.press('c');
  await button('Cancel 2 events').click();
  await page.locator('[data-bulk=DONE]').waitFor();
  await list('state:error reason:cancelled');
  await expect.poll(() => rows().count()).toBe(3);
});

test('a list stays while the hub can not be reached, and goes on afterwards', async () => {
  await list('');
  await rows().first().waitFor();
  const before = await rows().count();
  await page.route(/events\.data/, (route) => route.abort());
  await send({ name: 'Ada' });
  await page.locator('[data-live=offline]').waitFor();
  expect(await rows().count()).toBe(before);
  await page.unroute(/events\.data/);
  expectOnly('net::ERR_FAILED');
  await send({ name: 'Ada' });
  await expect.poll(() => rows().count()).toBe(before + 4);
});

test('nothing bars people who use a keyboard or a screen reader, by day or by night, and all fits a telephone', async () => {
  await list('is:root state:error');
  await page
    .getByRole('checkbox', { name: /^Select hello/ })
    .first()
    .check();
  expect(await pageFaults(page)).toEqual([]);
  await page.keyboard.press('/');
  await page.getByRole('listbox').waitFor();
  expect(await pageFaults(page)).toEqual([]);
  await open('bulk/new?action=cancel&q=state:error');
  await button(/^Cancel \d/).waitFor();
  expect(await pageFaults(page)).toEqual([]);
  await open('bulk');
  await page.locator('tbody .row-link').first().click();
  await page.getByRole('region', { name: 'Progress' }).locator('[data-bulk=DONE]').waitFor();
  expect(await pageFaults(page)).toEqual([]);
});
