import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, afterEach, expect, test } from 'vitest';
import { openProductPage } from './testing/product-page.ts';

/** How long things are kept, and purging them, as an owner does it in the whole product. */
const it = await openProductPage();
const { page, open, api, button, heading, dialog, send, expectOnly } = it;
afterAll(() => it.close(), 60_000);
afterEach(() => expectOnly());

test('an owner says for how long a tenant keeps things, and an event type otherwise', async () => {
  await open('settings/storage');
  await page.getByText('Logs in the database').waitFor();
  await page.getByLabel('Output at all').fill('90');
  await page.getByLabel('Payloads and results').last().fill('0');
  await button(/^Save$/).click();
  await page.getByText('a whole number of days from 1 to 36500').waitFor();
  await page.getByLabel('Payloads and results').last().fill('365');
  await button(/^Save$/).click();
  await page.getByText('Saved; it holds from the next round on').waitFor();
  expect(await page.getByLabel('Output at all').inputValue()).toBe('90');

  const { eventTypes } = await api('GET', '/event-types?limit=1');
  await open(`event-types/${eventTypes[0].id}/edit`);
  await page.getByLabel('Records in the database').fill('3');
  await button(/^Save$/).click();
  await page.getByText('records in the database 3 days').waitFor();
  // The zero that was refused.
  expectOnly(422);
});

test('an owner says which lines the search finds, and the page of logs says which it does not', async () => {
  await open('settings/storage');
  await page.getByLabel('Records and stderr').check();
  await button('Save lines').click();
  await page.getByText('Saved; it holds for what is written from now on').waitFor();
  expect(await page.getByLabel('Records and stderr').isChecked()).toBe(true);
  await open('logs');
  await page.getByText('What modules print on stdout is not searched here').waitFor();
  await page.getByRole('link', { name: 'Change it' }).click();
  await page.getByLabel('All lines').check();
  await button('Save lines').click();
  await page.getByText('Saved; it holds for what is written from now on').first().waitFor();
  await open('logs');
  await heading('Logs').waitFor();
  expect(await page.getByText('is not searched here').count()).toBe(0);
});

test('an owner says how much log is kept', async () => {
  await open('settings/storage');
  const saveLimits = button('Save limits');
  await page.getByLabel('Of one attempt').fill('300');
  await saveLimits.click();
  await page.getByText('a whole number of MiB from 1 to 256').waitFor();
  await page.getByLabel('Of one attempt').fill('2');
  await page.getByLabel('Of all attempts in a day').fill('0');
  await saveLimits.click();
  await page.getByText('Saved; it holds for attempts that begin from now on').waitFor();
  await open('settings/storage');
  expect(await page.getByLabel('Of one attempt').inputValue()).toBe('2');
  expect(await page.getByLabel('Of all attempts in a day').inputValue()).toBe('0');
  // The size that was refused.
  expectOnly(422);
});

test('an owner purges log, payload and result of an event, and the event stays', async () => {
  const id = await send({ name: 'Ada' });
  await waitFor(async () => (await api('GET', `/events/${id}`)).state === 'SUCCESS', { what: 'the event to end' });
  await open(`events/${id}?tab=payload`);
  await button('Re-run').click();
  await page.getByRole('menuitem', { name: 'Purge log, payload and result…' }).click();
  await dialog().getByRole('button', { name: 'Purge' }).click();
  await page.getByText('Payload no longer kept').waitFor();
  await heading(/hello/).waitFor();
  const event = await api('GET', `/events/${id}`);
  expect(event).toMatchObject({ state: 'SUCCESS', payloadKept: false, result: null });
  const { entries } = await api('GET', `/events/${id}/logs`);
  const texts = entries.map((entry: { text: string }) => entry.text);
  expect(texts).toEqual([expect.stringMatching(/(?:is|are) no longer kept\.$/)]);
});
