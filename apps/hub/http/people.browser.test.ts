import {
  accessibilityFaults,
  type Browser,
  openBrowser,
  type Page,
  scrollsSideways,
  watchPage,
} from '@nexomatic/testkit/browser';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeTenant } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { systemActor } from '#server/auth/actor.ts';
import { createInvitation } from '#server/invitations/create-invitation.ts';
import { createSetupLink } from '#server/setup/setup-link.ts';
import { openBuiltWeb } from './testing/open-built-web.ts';

/** A hub that nobody has yet, and the people who come to it, each in a browser of their own. */
const database = await testDatabase();
const web = await openBuiltWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
let browser: Browser;
const noted: string[][] = [];
const complaints = () => noted.flatMap((list) => list.splice(0));

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await web.close();
});

afterEach(() => {
  expect(complaints()).toEqual([]);
});

async function newBrowser(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  noted.push(watchPage(page));
  return page;
}

/** The address here of a link that the hub made with its public address. */
const here = (link: string | null): string => {
  const { pathname, search } = new URL(link ?? '');
  return `${web.baseUrl}${pathname}${search}`;
};
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
/** Browsers note a refused page or form as an error on the console. */
const expectRefusals = (number: number) => expect(complaints()).toHaveLength(number);

const ada = { email: 'ada@example.test', password: 'correct horse battery staple' };
const grace = { email: 'grace@example.test', password: 'seven rusty bicycles' };
let adasPage: Page;
let gracesPage: Page;

async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await button(page, 'Sign in').click();
}

test('a new hub says how to print its setup link, and the link leads through the setup into the first tenant', async () => {
  adasPage = await newBrowser();
  await adasPage.goto(`${web.baseUrl}/`);
  await heading(adasPage, 'This hub is new').waitFor();
  await adasPage.getByText('main.ts setup-link').waitFor();

  await adasPage.goto(here(await createSetupLink(web.services)));
  await heading(adasPage, 'Set up this hub').waitFor();
  const [yourName, tenantName] = [adasPage.getByLabel('Name').first(), adasPage.getByLabel('Name').last()];
  await yourName.fill('Ada Lovelace');
  await adasPage.getByLabel('E-mail address').fill(ada.email);
  await adasPage.getByLabel('Password', { exact: true }).fill('password1');
  await tenantName.pressSequentially('Analytical Engines');
  expect(await adasPage.getByLabel('In addresses').inputValue()).toBe('analytical-engines');
  await button(adasPage, 'Set up').click();
  await adasPage.getByText('This is one of the most used passwords').waitFor();
  expectRefusals(1);
  expect(await yourName.inputValue()).toBe('Ada Lovelace');

  await adasPage.getByLabel('Password', { exact: true }).fill(ada.password);
  await adasPage.getByText('Strong').waitFor();
  await button(adasPage, 'Set up').click();
  await adasPage.waitForURL('**/t/analytical-engines');
});

test('the setup link is used up, and nobody gets in by it again', async () => {
  const stranger = await newBrowser();
  await stranger.goto(`${web.baseUrl}/setup?token=nxu_whatever`);
  await heading(stranger, 'Sign in').waitFor();
  await stranger.context().close();
});

test('an invitation makes a new person a member in another browser, once', async () => {
  const { url } = await invite(grace.email, 'editor');
  gracesPage = await newBrowser();
  await gracesPage.goto(here(url));
  await heading(gracesPage, 'Join Analytical Engines as editor').waitFor();
  expect(await gracesPage.getByLabel('E-mail address').inputValue()).toBe(grace.email);
  await gracesPage.getByLabel('Your name').fill('Grace Hopper');
  await gracesPage.getByLabel('Choose a password').fill(grace.password);
  await button(gracesPage, 'Join').click();
  await gracesPage.waitForURL('**/t/analytical-engines');

  const late = await newBrowser();
  await late.goto(here(url));
  await heading(late, 'This invitation no longer works').waitFor();
  expectRefusals(1);
  await late.context().close();
});

test('signing out and in again by password leads back to the page that was asked for', async () => {
  await gracesPage.goto(`${web.baseUrl}/profile`);
  await gracesPage.getByRole('button', { name: /^Account of/ }).click();
  await gracesPage.getByRole('menuitem', { name: 'Sign out' }).click();
  await gracesPage.waitForURL('**/login');

  await gracesPage.goto(`${web.baseUrl}/profile`);
  expect(new URL(gracesPage.url()).search).toBe('?next=%2Fprofile');
  await signIn(gracesPage, { ...grace, password: 'wrong' });
  await gracesPage.getByRole('alert').getByText('This address and password do not open an account here.').waitFor();
  expectRefusals(1);
  expect(await gracesPage.getByLabel('E-mail address').inputValue()).toBe(grace.email);
  await signIn(gracesPage, grace);
  await heading(gracesPage, 'Your profile').waitFor();
});

test('a person who is here already accepts an invitation after signing in', async () => {
  const { url } = await invite('linus@example.test', 'viewer');
  await gracesPage.goto(here(url));
  await gracesPage.getByText('This invitation is for linus@example.test').waitFor();
  await button(gracesPage, 'Sign out').click();
  await button(gracesPage, 'Join').waitFor();

  const other = await secondTenantInvitation();
  await gracesPage.goto(here(other));
  await gracesPage.getByRole('link', { name: 'Sign in' }).click();
  await signIn(gracesPage, grace);
  await button(gracesPage, 'Join').click();
  await gracesPage.waitForURL('**/t/second');
});

test('the profile changes name and password, and lists and ends sessions', async () => {
  const elsewhere = await newBrowser();
  await elsewhere.goto(`${web.baseUrl}/profile`);
  await signIn(elsewhere, grace);
  await heading(elsewhere, 'Your profile').waitFor();

  await gracesPage.goto(`${web.baseUrl}/profile`);
  await gracesPage.getByLabel('Name').fill('Rear Admiral Hopper');
  await button(gracesPage, 'Save name').click();
  await gracesPage.getByText('Name saved').waitFor();
  await gracesPage.getByRole('button', { name: 'Account of Rear Admiral Hopper' }).waitFor();

  const sessions = gracesPage.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
  expect(await sessions.count()).toBe(2);
  await sessions.first().getByText('this browser').waitFor();
  await sessions.nth(1).getByRole('button').click();
  await gracesPage.getByText('Session ended').waitFor();
  await expect.poll(() => sessions.count()).toBe(1);
  await elsewhere.reload();
  await heading(elsewhere, 'Sign in').waitFor();
  await elsewhere.context().close();

  await gracesPage.getByLabel('Current password').fill('wrong');
  await gracesPage.getByLabel('New password').fill('eight shiny bicycles');
  await button(gracesPage, 'Change password').click();
  await gracesPage.getByText('This is not your current password.').waitFor();
  expectRefusals(1);
  await gracesPage.getByLabel('Current password').fill(grace.password);
  await gracesPage.getByLabel('New password').fill('eight shiny bicycles');
  await button(gracesPage, 'Change password').click();
  await gracesPage.getByText('Password set; no other browser was signed in').waitFor();
});

test.each(['light', 'dark'] as const)(
  'in %s nothing bars people who use a keyboard or a screen reader',
  async (colorScheme) => {
    const stranger = await newBrowser();
    await stranger.emulateMedia({ colorScheme });
    const { url } = await invite(`guest-${colorScheme}@example.test`, 'viewer');
    const pages = {
      [`${web.baseUrl}/login`]: 'Sign in',
      [`${web.baseUrl}/login?token=nxl_none`]: 'This link no longer works',
      [here(url)]: 'Join Analytical Engines as viewer',
      [`${web.baseUrl}/invite/nxi_none`]: 'This invitation no longer works',
    };
    for (const [address, title] of Object.entries(pages)) {
      await stranger.goto(address);
      await heading(stranger, title).waitFor();
      expect(await accessibilityFaults(stranger)).toEqual([]);
    }
    expectRefusals(2);
    await stranger.context().close();
    await adasPage.emulateMedia({ colorScheme });
    await adasPage.goto(`${web.baseUrl}/profile`);
    expect(await accessibilityFaults(adasPage)).toEqual([]);
  },
);

test('a telephone shows everything without scrolling sideways', async () => {
  const { url } = await invite('somebody.with.a.rather.long.address@subdomain.example.test', 'operator');
  const stranger = await newBrowser();
  await stranger.setViewportSize({ width: 390, height: 844 });
  for (const address of [`${web.baseUrl}/login`, here(url)]) {
    await stranger.goto(address);
    expect(await scrollsSideways(stranger)).toBe(false);
  }
  await stranger.context().close();
  await adasPage.setViewportSize({ width: 390, height: 844 });
  await adasPage.goto(`${web.baseUrl}/profile`);
  expect(await scrollsSideways(adasPage)).toBe(false);
});

test('everything is done by keyboard alone', async () => {
  const page = await newBrowser();
  await page.goto(`${web.baseUrl}/login`);
  // The first field has the focus already.
  await page.keyboard.type(ada.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(ada.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/t/**');
  await page.locator('[data-live=live]').waitFor();
  await page.context().close();
});

/** An invitation for Grace, who has an account by now, to another tenant. */
async function secondTenantInvitation(): Promise<string> {
  const { id } = await makeTenant(database, { slug: 'second', name: 'Second' });
  const owner = { actor: systemActor, userId: null, mayMakeOwners: true };
  return (await createInvitation(web.services, id, owner, { email: grace.email, role: 'viewer' })).url;
}

/** Invites as Ada would on the page of members. */
async function invite(email: string, role: string): Promise<{ url: string }> {
  const answer = await adasPage.request.post(`${web.baseUrl}/trpc/invitations.create?tenant=analytical-engines`, {
    data: { email, role },
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  const { result } = (await answer.json()) as { result: { data: { url: string } } };
  return result.data;
}
