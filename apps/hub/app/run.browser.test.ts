import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { openProductPage } from './testing/product-page.ts';

/** Where events come from and where they run, on the whole product: sources and sinks. */
const it = await openProductPage();
const { product, page, open, reload, heading, button, link, field, pick, dialog, expectOnly } = it;
afterAll(() => it.close(), 60_000);
afterEach(() => expectOnly());

describe('a source', () => {
  let address = '';
  const send = async (to: string) => (await fetch(to, { method: 'POST', body: '{"name":"Ada"}' })).status;
  const addressOnPage = async () =>
    (
      await page
        .getByRole('region', { name: /^Copy the address now/ })
        .locator('pre')
        .first()
        .textContent()
    )?.trim() ?? '';

  test('is made in one form, and the page of it shows its address once', async () => {
    await open('sources');
    await link('New source').click();
    await page.getByRole('radio', { name: /^Webhook/ }).check();
    expect(await page.getByRole('radio', { name: /^Scheduler/ }).isDisabled()).toBe(true);
    await field('Name').fill('github');
    await page.getByLabel('Sender').selectOption('No authentication');
    await pick('Fires', 'hello.received');
    await button('Make source').click();
    await heading('github').waitFor();
    address = await addressOnPage();
    expect(address).toMatch(new RegExp(`^${product.edgeUrl}/h/[a-z2-7]{32}$`));
    await page.getByText('Waiting for the first request.').waitFor();
  });

  test('shows the event of its first request by itself, and its address no more after a reload', async () => {
    expect(await send(address)).toBe(202);
    const events = page.getByRole('region', { name: 'Latest events' });
    await events.locator('[data-state=SUCCESS]').waitFor();
    await reload();
    await events.locator('[data-state=SUCCESS]').waitFor();
    expect(await page.content()).not.toContain(address.slice(-32));
    await events.getByRole('link', { name: 'hello.received' }).click();
    await heading('hello.received').waitFor();
  });

  test('gets a new address, and the old one is refused at once', async () => {
    await open('sources');
    await link('github').click();
    await button('New address').click();
    await dialog().getByRole('button', { name: 'Replace the address' }).click();
    const old = address;
    await expect.poll(addressOnPage).not.toBe(old);
    address = await addressOnPage();
    await expect.poll(() => send(old)).toBe(404);
    expect(await send(address)).toBe(202);
  });

  test('is disabled, enabled and deleted', async () => {
    await button('Disable').click();
    await page.getByText('It is disabled: requests are answered as if it did not exist.').waitFor();
    expect(await send(address)).toBe(404);
    await button('Enable').click();
    await page.getByText('Source enabled').waitFor();
    expect(await send(address)).toBe(202);

    await button('Delete').click();
    await dialog().getByRole('button', { name: 'Delete', disabled: true }).waitFor();
    await dialog()
      .getByLabel(/^Type github/)
      .fill('github');
    await dialog().getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Source deleted').waitFor();
    expect(await send(address)).toBe(404);
  });
});

test('a sink shows what it is and does, and is renamed while it works', async () => {
  await open('sinks');
  await link('demo-sink').click();
  await heading('demo-sink').waitFor();
  await page.getByRole('main').getByText('online').first().waitFor();
  await page.getByRole('region', { name: 'Latest events' }).getByText('hello.received').first().waitFor();
  await link('Edit').click();
  await field('Name').fill('web-1');
  await button('Save').click();
  await heading('web-1').waitFor();
  await page.getByRole('main').getByText('online').first().waitFor();
});
