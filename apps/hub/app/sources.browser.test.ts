import { createHmac } from 'node:crypto';
import { pageFaults } from '@nexomatic/testkit/browser';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openProductPage } from './testing/product-page.ts';

/** A webhook in the hands of its owner, on the whole product: secret, set-up, requests, routes, replay. */
const it = await openProductPage();
const { page, open, reload, api, heading, button, link, field, pick, dialog, expectOnly } = it;
afterAll(() => it.close(), 60_000);
afterEach(() => expectOnly());

let address = '';
let secret = '';
let source = '';
const tab = (name: string) =>
  page.getByRole('navigation', { name: 'Parts of the source' }).getByRole('link', { name, exact: true });
const main = () => page.getByRole('main');
const rows = () =>
  main()
    .getByRole('row')
    .filter({ hasNot: page.getByRole('columnheader') });

/** As GitHub would send it. */
async function send(event: string, body: object, key = secret) {
  const text = JSON.stringify(body);
  const signature = createHmac('sha256', key).update(text).digest('hex');
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': crypto.randomUUID(),
      'x-hub-signature-256': `sha256=${signature}`,
    },
    body: text,
  });
  await response.text();
  return response.status;
}

beforeAll(async () => {
  await open('sources/new');
  await field('Name').fill('github');
  await page.getByLabel('Sender').selectOption('GitHub');
  await button('Make source').click();
  await heading('github').waitFor();
  source = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const shown = page.getByRole('region', { name: /^Copy the address now/ });
  address = (await shown.locator('pre').first().textContent())?.trim() ?? '';
}, 120_000);

describe('a source that verifies', () => {
  test('says that it believes nobody until it has a secret, which is made and shown once', async () => {
    await main().getByText('every request is refused with 401').first().waitFor();
    await tab('Verify').click();
    await button('Add a secret').click();
    await dialog().getByRole('button', { name: 'Add' }).click();
    await page.getByRole('dialog', { name: 'Copy the secret now' }).waitFor();
    secret = (await dialog().locator('pre').textContent())?.trim() ?? '';
    expect(secret.length).toBeGreaterThan(20);
    await dialog().getByRole('button', { name: 'I have copied it' }).click();
    await main().getByText('live', { exact: true }).waitFor();
    await reload();
    await main()
      .getByText(`••••${secret.slice(-4)}`)
      .waitFor();
    expect(await page.content()).not.toContain(secret);
  });

  test('keeps the old secret for a while when it is replaced, and takes both meanwhile', async () => {
    const old = secret;
    await button('Replace').click();
    await page.getByRole('radio', { name: /^I have one/ }).check();
    secret = 'a-secret-that-somebody-made-up-1234';
    await dialog().getByRole('textbox', { name: 'Secret' }).fill(secret);
    await dialog().getByRole('button', { name: 'Add' }).click();
    await main().getByText('••••1234').waitFor();
    await main().getByText('retiring').waitFor();
    await expect.poll(() => send('ping', { zen: 'new' })).toBe(202);
    expect(await send('ping', { zen: 'old' }, old)).toBe(202);
    await button(/^Actions for the secret that ends in (?!1234)/).click();
    await page.getByRole('menuitem', { name: 'Revoke now' }).click();
    await dialog().getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Secret revoked').waitFor();
    await expect.poll(() => send('ping', { zen: 'older' }, old)).toBe(401);
  });

  test('shows its steps and a script with the address that was pasted', async () => {
    await tab('Set-up').click();
    await page.getByLabel('Address of this source').fill(address);
    await main().getByText('GitHub CLI').waitFor();
    expect(await main().getByRole('region', { name: 'A signed request in code' }).textContent()).toContain(address);
  });
});

describe('the requests of a source', () => {
  test('are listed with outcome and cause, narrowed by the address, and opened beside the list', async () => {
    await tab('Requests').click();
    await main().getByText('wrong signature').first().waitFor();
    await link('Filtered').click();
    await page.waitForURL(/outcome=filtered/);
    await main().getByText('wrong signature').first().waitFor({ state: 'detached' });
    await rows().nth(1).waitFor();
    await link('Refused').click();
    await page.getByLabel('Cause').selectOption('signature_mismatch');
    await page.waitForURL(/cause=signature_mismatch/);
    await rows().first().getByRole('link').first().click();
    await main()
      .getByText(/No signature matches any of 1 live secret/)
      .waitFor();
    const headers = await main().getByRole('region', { name: 'Headers' }).textContent();
    expect(headers).toContain('x-hub-signature-256masked');
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.searchParams.has('request'));
    await page.goBack();
    await main().getByRole('region', { name: 'Headers' }).waitFor();
  });

  test('that nobody vouches for are replayed only after a question', async () => {
    await button('Replay').click();
    await page.getByRole('dialog', { name: 'Replay a request that nobody vouches for?' }).waitFor();
    await dialog().getByRole('button', { name: 'Cancel' }).click();
  });

  test('are waited for, and the next one is opened as it comes', async () => {
    await open(`sources/${source}/requests`);
    await button('Listen').click();
    await page.getByText('Waiting for the next request.').waitFor();
    // What comes before the hub has begun to listen is not news, so that one is sent until it is.
    const opened = main().getByText('"opened"');
    await expect
      .poll(
        async () => {
          await send('issues', { action: 'opened', issue: { number: 7 } });
          return opened.waitFor({ timeout: 3_000 }).then(
            () => true,
            () => false,
          );
        },
        { timeout: 60_000 },
      )
      .toBe(true);
    await page.waitForURL((url) => !url.searchParams.has('listen'));
  });
});

describe('the routes of a source', () => {
  test('say for a past request which condition fails and what was found', async () => {
    await link('Try on the routes').click();
    await button('Add a route').click();
    await page.getByLabel('JSON Pointer of condition 1 of route 1').fill('/action');
    await page.getByLabel('What condition 1 of route 1 compares with').fill('closed');
    await main().getByText('Does not hold: found opened').waitFor();
    await page.getByLabel('What condition 1 of route 1 compares with').fill('opened');
    await main().getByText('Holds: found opened').waitFor();
    await pick('Event type that route 1 fires', 'hello.received');
    await main().getByText('It would fire hello.received.').waitFor();
    await button('Save').click();
    await page.getByText('Routes saved').waitFor();
  });

  test('may not look at headers that nothing vouches for, until that is allowed', async () => {
    await button('And… another condition of route 1').click();
    await page.getByLabel('Where condition 2 of route 1 looks').selectOption('header');
    await page.getByLabel('Header of condition 2 of route 1').fill('x-github-event');
    await page.getByLabel('What condition 2 of route 1 compares with').fill('issues');
    await button('Save').click();
    await main()
      .getByText(/does not cover the header x-github-event/)
      .first()
      .waitFor();
    expectOnly(422);
    await page.getByLabel('Let headers decide although nothing vouches for them').check();
    await button('Save').click();
    await main().getByText('Nothing changed.').waitFor();
  });

  test('are moved and removed by keyboard', async () => {
    await button('Add a route').press('Enter');
    await page.getByLabel('JSON Pointer of condition 1 of route 2').fill('/second');
    await button('Move route 2 up').press('Enter');
    await expect.poll(() => page.getByLabel('JSON Pointer of condition 1 of route 1').inputValue()).toBe('/second');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Move route 1 down');
    await button('Remove route 1').press('Enter');
    await main().getByText('Nothing changed.').waitFor();
  });

  test('let a kept request fire after all', async () => {
    await tab('Requests').click();
    await link('Filtered').click();
    await page.waitForURL(/outcome=filtered/);
    await main().getByText('wrong signature').first().waitFor({ state: 'detached' });
    await rows().first().getByRole('link').first().click();
    await button('Replay').click();
    await page.getByText('Replayed: fired 1 event').waitFor();
    await main().getByText('an earlier request').waitFor();
  });
});

test('a source is opened to everybody only on purpose, and marked as such', async () => {
  await open(`sources/${source}/verify`);
  await page.getByRole('radio', { name: /^No authentication/ }).check();
  await button('Save').click();
  await main().getByText('Confirm that the source is to be open').waitFor();
  expectOnly(422);
  await page.getByLabel('Take requests from whoever knows the address').check();
  await button('Save').click();
  await page.getByText('Saved', { exact: false }).first().waitFor();
  await open('sources');
  await main()
    .getByRole('row', { name: /github/ })
    .getByText('no authentication')
    .waitFor();
});

test('what a source takes is changed, and only that', async () => {
  await open(`sources/${source}/edit`);
  await page.getByRole('radio', { name: /^Values of the body/ }).check();
  await page.getByLabel('JSON Pointers').fill('/issue/number');
  await page.getByLabel('Requests a second').fill('7');
  await button('Save').click();
  await page.getByText('Source saved').waitFor();
  const { settings } = await api('GET', `/sources/${source}`);
  expect(settings).toMatchObject({
    dedupe: { by: 'pointers', pointers: ['/issue/number'] },
    limits: { perSecond: 7, burst: 1_000 },
    routing: { trustUnsigned: true, routes: [{}] },
    verification: { scheme: 'none' },
  });
});

test.each(['', '/verify', '/routing', '/requests', '/held', '/set-up'])(
  'the part "%s" of a source bars nobody who uses a keyboard or a screen reader, by day or by night, and fits a telephone',
  async (part) => {
    await open(`sources/${source}${part}`);
    expect(await pageFaults(page)).toEqual([]);
  },
);
