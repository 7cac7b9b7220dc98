import { afterAll, afterEach, expect, test } from 'vitest';
import { openProductPage } from './testing/product-page.ts';

/** Event types as somebody makes, tries and changes them, in the whole product. */
const it = await openProductPage();
const { page, open, api, heading, button, link, dialog, pill, expectOnly } = it;
afterAll(() => it.close(), 60_000);
afterEach(() => expectOnly());

const tab = (name: string) =>
  page.getByRole('navigation', { name: 'Parts of the event type' }).getByRole('link', { name });
/** The event type that was made first. */
let made = '';

test('an event type is made with a new action by mouse, and what a save would warn of shows before it', async () => {
  await open('event-types');
  await link('New event type').click();
  await page.getByLabel('Name', { exact: true }).fill('hello.received');
  const checks = page.getByRole('region', { name: 'Checks' });
  await checks.getByText('another event type has this name already').waitFor();
  await page.getByLabel('Name', { exact: true }).fill('deploy.app');
  await page.getByText('A new action', { exact: true }).click();
  await page.getByLabel('Name of the action').fill('deploy');
  await page.getByLabel('Module').fill('../hello');
  await checks.getByText('New action, module: names joined by dots').waitFor();
  await page.getByLabel('Module').fill('hello.notify');
  await button('Add a parameter').click();
  await page.getByLabel('Key of parameter 1').fill('token');
  await page.getByLabel('Where the value of parameter 1 comes from').selectOption('SECRET');
  await page.getByRole('combobox', { name: 'Name of the secret of parameter 1' }).fill('API_TOKEN');
  await page.getByRole('option', { name: 'API_TOKEN' }).click();
  await button('Make it').waitFor();
  await checks.getByText('Parameters, row 1: there is no secret named API_TOKEN yet').waitFor();
  await button('Remove parameter 1').click();
  await button('Make event type').click();
  await heading('deploy.app').waitFor();
  made = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await page.getByText('run the action deploy (hello.notify) on a PYTHON sink').waitFor();
});

test('another is made with the keyboard alone', async () => {
  await open('event-types/new');
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
  await open(`event-types/${made}?tab=test`);
  const editor = page.getByRole('textbox', { name: 'Payload' });
  await editor.fill('{"greeting":"Hello"}');
  await button('Dry check').click();
  await page.getByText('The module would start with these values').waitFor();
  expect(await api('GET', `/events?type=deploy.app`)).toMatchObject({ events: [] });
  await button('Fire for real').click();
  await page.waitForURL('**/events/evt_*');
  await pill('SUCCESS').waitFor();
});

test('what somebody else saved meanwhile is shown, and saved over only when that is wanted', async () => {
  await open(`event-types/${made}/edit`);
  const { name, sinkTypeId, actionId, version } = await api('GET', `/event-types/${made}`);
  await api('PUT', `/event-types/${made}`, { name, sinkTypeId, actionId, version, maxAttempts: 3 });
  // What is written is checked, and the page brought up to date after that.
  const refreshed = page.waitForResponse((answer) => answer.url().includes(`${made}/edit.data`));
  await page.getByLabel('Time limit').fill('30');
  await refreshed;
  await button(/^Save$/).click();
  const theirs = page.getByRole('region', { name: 'What they changed' });
  await theirs.getByRole('row', { name: /Attempts/ }).waitFor();
  expectOnly(409);
  expect(await page.getByLabel('Time limit').inputValue()).toBe('30');
  expect(await api('GET', `/event-types/${made}`)).toMatchObject({ version: 2, timeoutSeconds: 600 });
  await button(/^Save mine over version 2/).click();
  await heading('deploy.app').waitFor();
  await tab('Overview').waitFor();
  expect(await api('GET', `/event-types/${made}`)).toMatchObject({ version: 3, timeoutSeconds: 30, maxAttempts: 1 });
});

test('the history says who changed what, and brings an earlier version back', async () => {
  await tab('History').click();
  await page.getByRole('listitem').filter({ hasText: 'Version 2' }).getByText('demo').waitFor();
  await page.getByRole('row', { name: /Time limit 600 s 30 s/ }).waitFor();
  await button('Restore version 1').click();
  await page.getByText('Version 4', { exact: true }).waitFor();
  expect(await api('GET', `/event-types/${made}`)).toMatchObject({ version: 4, timeoutSeconds: 600 });
});

test('one that is fired by a webhook says so before it is disabled, and can not be deleted', async () => {
  await open('event-types');
  const menu = button('Actions for hello.received');
  await menu.click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await dialog().getByText('hello.received can not be deleted now').waitFor();
  await dialog().getByRole('button', { name: 'Close' }).last().click();
  await menu.click();
  await page.getByRole('menuitem', { name: 'Disable…' }).click();
  await dialog().getByText('WEBHOOK', { exact: true }).waitFor();
  await dialog().getByRole('button', { name: 'Disable' }).click();
  await heading('hello.received').waitFor();
  await page.getByText('disabled', { exact: true }).first().waitFor();
  await button('Enable').click();
  await button('Disable').waitFor();
});
