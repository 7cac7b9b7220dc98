import { afterAll, afterEach, expect, test } from 'vitest';
import { openProductPage } from './testing/product-page.ts';

/** The owner of the demo's tenant, who administers the hub as well, at their browser. */
const it = await openProductPage();
const { product, page, home, goTo, open, reload, stranger, heading, button, field, dialog, expectOnly } = it;
afterAll(() => it.close(), 60_000);
afterEach(() => expectOnly());

const goToHub = (path: string) => goTo(`${product.hubUrl}${path}`);

/** Opens the menu of a row and does what the entry says. */
async function choose(row: string, entry: string): Promise<void> {
  await button(`Actions for ${row}`).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

const ask = (token: string) =>
  fetch(`${product.hubUrl}/api/v1/actions`, { headers: { authorization: `Bearer ${token}` } });

test('a token is made, shown once, used, and opens nothing once it is revoked', async () => {
  await open('settings/tokens');
  await page.getByRole('link', { name: 'New token' }).click();
  await field('Name').fill('Nightly report');
  await page.getByText('Read only').click();
  await button('Make token').click();
  await page.getByRole('heading', { name: /Nightly report is ready/ }).waitFor();
  const token = (await page.locator('.code code').first().textContent()) ?? '';
  expect(token).toMatch(/^nxt_/);
  expect((await ask(token)).status).toBe(200);

  await page.getByRole('link', { name: 'I have copied it' }).click();
  const row = page.getByRole('row', { name: /Nightly report/ });
  await row.getByText('read only').waitFor();
  expect(await page.content()).not.toContain(token);

  await choose('Nightly report', 'Revoke…');
  await dialog().getByRole('button', { name: 'Revoke' }).click();
  await row.getByText('revoked').waitFor();
  expect((await ask(token)).status).toBe(401);
});

test('somebody is invited, comes, and gets another role, which the audit log tells', async () => {
  await open('settings/members');
  await button('Invite').click();
  await dialog().getByLabel('E-mail').fill('ada@example.test');
  await dialog().getByText('Viewer').click();
  await dialog().getByRole('button', { name: 'Invite' }).click();
  const link = (await dialog().locator('.code code').textContent()) ?? '';
  await button('I have copied it').click();
  await page.getByRole('row', { name: /ada@example.test Viewer/ }).waitFor();

  const guest = await stranger();
  await guest.goTo(link);
  await guest.page.getByLabel('Your name').fill('Ada Lovelace');
  await guest.page.getByLabel('Choose a password').fill('a machine that weaves');
  await guest.page.locator('main button[type=submit]').click();
  await guest.page.waitForURL(home);
  await guest.close();

  await reload();
  await choose('Ada Lovelace', 'Change role…');
  await dialog().getByText('Operator').click();
  await dialog().getByRole('button', { name: 'Change role' }).click();
  await page.getByRole('row', { name: /Ada Lovelace .* Operator/ }).waitFor();

  await open('audit');
  await page.getByRole('link', { name: /Member role changed/ }).click();
  const entry = page.getByRole('region', { name: 'Member role changed' });
  await entry.getByRole('row', { name: /role viewer operator/ }).waitFor();
  await entry.getByRole('link', { name: 'All like this' }).click();
  await page.waitForURL('**/audit?action=member.role_changed');
});

test('the last owner of a tenant is told why they can not leave', async () => {
  await open('settings/members');
  await choose('Demo Admin', 'Leave the tenant…');
  await dialog().getByRole('button', { name: 'Leave' }).click();
  await dialog()
    .getByText(/is the last owner; make somebody else an owner first/)
    .waitFor();
  expectOnly(409);
});

test('a tenant is named anew, and its header with it', async () => {
  await open('settings');
  await page.getByText('Nothing changed.').waitFor();
  await page.getByLabel('Name').fill('Demonstration');
  await button('Save').click();
  await page.locator('header').getByText('Demonstration').waitFor();
  await page.getByLabel('Name').fill('Demo');
  await button('Save').click();
  await page.locator('header').getByText('Demo', { exact: true }).waitFor();
});

test('an administrator makes a tenant, suspends it and resumes it', async () => {
  await open('');
  await page.getByRole('link', { name: 'Administration' }).click();
  await page.getByRole('link', { name: 'New tenant' }).click();
  await heading('New tenant').waitFor();
  await page.getByLabel('Name').fill('Acme');
  await page.getByLabel('Slug').fill('acme');
  await page.getByLabel('E-mail').fill('owner@acme.test');
  await button('Make tenant').click();
  await page.getByText(/\/invite\/nxi_/).waitFor();
  await page.getByRole('link', { name: 'I have copied it' }).click();
  await choose('Acme', 'Suspend…');
  await dialog()
    .getByLabel(/Type acme/)
    .fill('acme');
  await dialog().getByRole('button', { name: 'Suspend' }).click();
  await page.getByRole('row', { name: /Acme.*suspended/ }).waitFor();
  await choose('Acme', 'Resume…');
  await dialog().getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('row', { name: /Acme.*active/ }).waitFor();
});

test("a suspended tenant's pages and programs say so until it is resumed", async () => {
  await goToHub('/admin');
  await choose('Demo', 'Suspend…');
  await dialog()
    .getByLabel(/Type demo/)
    .fill('demo');
  await dialog().getByRole('button', { name: 'Suspend' }).click();
  await page.getByRole('row', { name: /Demo.*suspended/ }).waitFor();
  expect(await (await ask(product.apiToken)).json()).toMatchObject({ code: 'tenant_suspended' });
  expect(await open('events')).toBe(403);
  await page.getByText(/Demo is suspended: an administrator of this hub has stopped it/).waitFor();
  expectOnly(403);
  await goToHub('/admin');
  await choose('Demo', 'Resume…');
  await dialog().getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('row', { name: /Demo.*active/ }).waitFor();
  expect((await ask(product.apiToken)).status).toBe(200);
});

test('the queue dashboard works under its own policy', async () => {
  // A page of another kind, which says in its own way that it runs.
  await page.goto(`${product.hubUrl}/admin/queues`);
  await page.getByText('demo:PYTHON').waitFor();
});
