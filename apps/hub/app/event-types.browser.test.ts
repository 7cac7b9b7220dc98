import {
  accessibilityFaults,
  type Browser,
  openBrowser,
  type Page,
  scrollsSideways,
  watchPage,
} from '@nexomatic/testkit/browser';
import { type Product, startProduct } from '@nexomatic/testkit/start-product';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

/** Event types as somebody makes, tries and changes them, in the whole product. */
let product: Product;
let browser: Browser;
let page: Page;
let complaints: string[];

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), openBrowser()]);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  complaints = watchPage(page);
  await page.goto(product.dashboardUrl);
  await page.waitForURL(`${product.hubUrl}/t/${product.tenant}*`);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await product?.discard();
}, 60_000);

afterEach(() => {
  expect(complaints.splice(0)).toEqual([]);
});

const listUrl = () => `${product.hubUrl}/t/${product.tenant}/event-types`;
const tab = (name: string) =>
  page.getByRole('navigation', { name: 'Parts of the event type' }).getByRole('link', { name });
const heading = (name: string) => page.getByRole('heading', { level: 1, name });
/** Address of the event type that was made first. */
let made = '';

async function api(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const response = await fetch(`${product.hubUrl}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${product.apiToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Record<string, unknown>;
}

test('an event type is made with a new action by mouse, and what a save would warn of shows before it', async () => {
  await page.goto(listUrl());
  await page.getByRole('link', { name: 'New event type' }).click();
  await page.getByLabel('Name', { exact: true }).fill('hello.received');
  const checks = page.getByRole('region', { name: 'Checks' });
  await checks.getByText('another event type has this name already').waitFor();
  await page.getByLabel('Name', { exact: true }).fill('deploy.app');
  await page.getByText('A new action', { exact: true }).click();
  await page.getByLabel('Name of the action').fill('deploy');
  await page.getByLabel('Module').fill('../hello');
  await checks.getByText('New action, module: names joined by dots').waitFor();
  await page.getByLabel('Module').fill('hello.notify');
  await page.getByRole('button', { name: 'Add a parameter' }).click();
  await page.getByLabel('Key of parameter 1').fill('token');
  await page.getByLabel('Where the value of parameter 1 comes from').selectOption('SECRET');
  await page.getByLabel('Name of the secret of parameter 1').fill('API_TOKEN');
  await checks.getByText('Parameters, row 1: there is no secret named API_TOKEN yet').waitFor();
  await page.getByRole('button', { name: 'Remove parameter 1' }).click();
  await page.getByRole('button', { name: 'Make event type' }).click();
  await heading('deploy.app').waitFor();
  made = new URL(page.url()).pathname;
  await page.getByText('run the action deploy (hello.notify) on a PYTHON sink').waitFor();
});

test('another is made with the keyboard alone', async () => {
  await page.goto(`${listUrl()}/new`);
  await page.waitForFunction(() => document.activeElement?.matches('[name=name]'));
  await page.keyboard.type('keyed.in');
  const into = async (selector: string) => {
    for (let presses = 0; presses < 40; presses += 1) {
      if (await page.evaluate((to) => document.activeElement?.matches(to) ?? false, selector)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`Tab never came to ${selector}`);
  };
  await into('[name=actionChoice]');
  await page.keyboard.press('ArrowDown');
  await into('[name="newAction.name"]');
  await page.keyboard.type('keyed');
  await into('[name="newAction.module"]');
  await page.keyboard.type('hello.greet');
  await page.keyboard.press('Enter');
  await heading('keyed.in').waitFor();
});

test('it is tried dry, then fired for real, which leads to the event', async () => {
  await page.goto(`${product.hubUrl}${made}?tab=test`);
  const editor = page.getByRole('textbox', { name: 'Payload' });
  await editor.fill('{"greeting":"Hello"}');
  await page.getByRole('button', { name: 'Dry check' }).click();
  await page.getByText('The module would start with these values').waitFor();
  expect(await api('GET', `/events?type=deploy.app`)).toMatchObject({ events: [] });
  await page.getByRole('button', { name: 'Fire for real' }).click();
  await heading('deploy.app').waitFor();
  await page.waitForURL('**/events/evt_*');
  await page.locator('h1 ~ [data-state=SUCCESS]').waitFor();
});

test('what somebody else saved meanwhile is shown, and saved over only when that is wanted', async () => {
  await page.goto(`${product.hubUrl}${made}/edit`);
  await page.getByLabel('Time limit').fill('30');
  const id = made.split('/').at(-1) ?? '';
  const { name, sinkTypeId, actionId, version } = await api('GET', `/event-types/${id}`);
  await api('PUT', `/event-types/${id}`, { name, sinkTypeId, actionId, version, maxAttempts: 3 });
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const theirs = page.getByRole('region', { name: 'What they changed' });
  await theirs.getByRole('row', { name: /Attempts/ }).waitFor();
  expect(complaints.splice(0)).toEqual([expect.stringContaining('409 (Conflict)')]);
  expect(await page.getByLabel('Time limit').inputValue()).toBe('30');
  expect(await api('GET', `/event-types/${id}`)).toMatchObject({ version: 2, timeoutSeconds: 600 });
  await page.getByRole('button', { name: /^Save mine over version 2/ }).click();
  await heading('deploy.app').waitFor();
  await tab('Overview').waitFor();
  expect(await api('GET', `/event-types/${id}`)).toMatchObject({ version: 3, timeoutSeconds: 30, maxAttempts: 1 });
});

test('the history says who changed what, and brings an earlier version back', async () => {
  await tab('History').click();
  await page.getByRole('listitem').filter({ hasText: 'Version 2' }).getByText('demo').waitFor();
  await page.getByRole('row', { name: /Time limit 600 s 30 s/ }).waitFor();
  await page.getByRole('button', { name: 'Restore version 1' }).click();
  await page.getByText('Version 4', { exact: true }).waitFor();
  const id = made.split('/').at(-1) ?? '';
  expect(await api('GET', `/event-types/${id}`)).toMatchObject({ version: 4, timeoutSeconds: 600 });
});

test('one that is fired by a webhook says so before it is disabled, and can not be deleted', async () => {
  await page.goto(listUrl());
  const menu = page.getByRole('button', { name: 'Actions for hello.received' });
  await menu.click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('hello.received can not be deleted now').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await menu.click();
  await page.getByRole('menuitem', { name: 'Disable…' }).click();
  await dialog.getByText('WEBHOOK', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Disable' }).click();
  await heading('hello.received').waitFor();
  await page.getByText('disabled', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Enable' }).click();
  await page.getByRole('button', { name: 'Disable' }).waitFor();
});

test.each(['light', 'dark'] as const)('every page is accessible in %s and fits a telephone', async (colorScheme) => {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width: 390, height: 844 });
  const { eventTypes } = (await api('GET', '/event-types?search=hello.received')) as { eventTypes: { id: string }[] };
  const demo = `${listUrl()}/${eventTypes[0]?.id}`;
  const tabs = ['overview', 'test', 'parameters', 'schema', 'history'].map((name) => `${demo}?tab=${name}`);
  for (const address of [listUrl(), ...tabs, `${demo}/edit`, `${listUrl()}/new`]) {
    await page.goto(address);
    await page.waitForLoadState('networkidle');
    expect(await accessibilityFaults(page), address).toEqual([]);
    expect(await scrollsSideways(page), address).toBe(false);
  }
});
