import { openBrowser, openPage, type Page, pageFaults } from '@nexomatic/testkit/browser';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeTenant } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, afterEach, expect, test } from 'vitest';
import { systemActor } from '#server/auth/actor.ts';
import { createInvitation } from '#server/invitations/create-invitation.ts';
import { createSetupLink } from '#server/setup/setup-link.ts';
import { openBuiltWeb } from './testing/open-built-web.ts';

/** A hub that nobody has yet, and the people who come to it, each in a browser of their own. */
const database = await testDatabase();
const web = await openBuiltWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
const browser = await openBrowser();
type Person = Awaited<ReturnType<typeof openPage>>;
const persons: Person[] = [];

afterAll(async () => {
  await browser.close();
  await web.close();
});

afterEach(() => expectOnly());

async function newPerson(): Promise<Person> {
  const person = await openPage(browser);
  persons.push(person);
  return person;
}

/** The address here of a link that the hub made with its public address. */
const here = (link: string | null): string => {
  const { pathname, search } = new URL(link ?? '');
  return `${web.baseUrl}${pathname}${search}`;
};
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
/** Nobody's browser may have noted more than answers of these statuses. */
function expectOnly(...statuses: number[]): void {
  for (const person of persons) person.expectOnly(...statuses);
}

const ada = { email: 'ada@example.test', password: 'correct horse battery staple' };
const grace = { email: 'grace@example.test', password: 'seven rusty bicycles' };
let adas: Person;
let graces: Person;

async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await button(page, 'Sign in').click();
}

test('a new hub says how to print its setup link, and the link leads through the setup into the first tenant', async () => {
  adas = await newPerson();
  await adas.goTo(`${web.baseUrl}/`);
  await heading(adas.page, 'This hub is new').waitFor();
  await adas.page.getByText('main.ts setup-link').waitFor();

  await adas.goTo(here(await createSetupLink(web.services)));
  await heading(adas.page, 'Set up this hub').waitFor();
  const [yourName, tenantName] = [adas.page.getByLabel('Name').first(), adas.page.getByLabel('Name').last()];
  await yourName.fill('Ada Lovelace');
  await adas.page.getByLabel('E-mail address').fill(ada.email);
  await adas.page.getByLabel('Password', { exact: true }).fill('password1');
  await tenantName.pressSequentially('Analytical Engines');
  await expect.poll(() => adas.page.getByLabel('In addresses').inputValue()).toBe('analytical-engines');
  await button(adas.page, 'Set up').click();
  await adas.page.getByText('Make the copy first').waitFor();
  await adas.page.getByText(web.services.keyring.fingerprint).waitFor();
  await adas.page.getByLabel('I keep a copy').check();
  await button(adas.page, 'Set up').click();
  await adas.page.getByText('This is one of the most used passwords').waitFor();
  expectOnly(400, 401, 404, 410, 422);
  expect(await yourName.inputValue()).toBe('Ada Lovelace');

  await adas.page.getByLabel('Password', { exact: true }).fill(ada.password);
  await adas.page.getByText('Strong').waitFor();
  await button(adas.page, 'Set up').click();
  await adas.page.waitForURL('**/t/analytical-engines');
});

test('the setup link is used up, and nobody gets in by it again', async () => {
  const stranger = await newPerson();
  await stranger.goTo(`${web.baseUrl}/setup?token=nxu_whatever`);
  await heading(stranger.page, 'Sign in').waitFor();
  await stranger.close();
});

test('an invitation makes a new person a member in another browser, once', async () => {
  const { url } = await invite(grace.email, 'editor');
  graces = await newPerson();
  await graces.goTo(here(url));
  await heading(graces.page, 'Join Analytical Engines as editor').waitFor();
  expect(await graces.page.getByLabel('E-mail address').inputValue()).toBe(grace.email);
  await graces.page.getByLabel('Your name').fill('Grace Hopper');
  await graces.page.getByLabel('Choose a password').fill(grace.password);
  await button(graces.page, 'Join').click();
  await graces.page.waitForURL('**/t/analytical-engines');

  const late = await newPerson();
  await late.goTo(here(url));
  await heading(late.page, 'This invitation no longer works').waitFor();
  expectOnly(400, 401, 404, 410, 422);
  await late.close();
});

test('signing out and in again by password leads back to the page that was asked for', async () => {
  await graces.goTo(`${web.baseUrl}/profile`);
  await graces.page.getByRole('button', { name: /^Account of/ }).click();
  await graces.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await graces.page.waitForURL('**/login');

  await graces.goTo(`${web.baseUrl}/profile`);
  expect(new URL(graces.page.url()).search).toBe('?next=%2Fprofile');
  await signIn(graces.page, { ...grace, password: 'wrong' });
  await graces.page.getByRole('alert').getByText('This address and password do not open an account here.').waitFor();
  expectOnly(400, 401, 404, 410, 422);
  expect(await graces.page.getByLabel('E-mail address').inputValue()).toBe(grace.email);
  await signIn(graces.page, grace);
  await heading(graces.page, 'Your profile').waitFor();
});

test('a person who is here already accepts an invitation after signing in', async () => {
  const { url } = await invite('linus@example.test', 'viewer');
  await graces.goTo(here(url));
  await graces.page.getByText('This invitation is for linus@example.test').waitFor();
  await button(graces.page, 'Sign out').click();
  await button(graces.page, 'Join').waitFor();

  const other = await secondTenantInvitation();
  await graces.goTo(here(other));
  await graces.page.getByRole('link', { name: 'Sign in' }).click();
  await signIn(graces.page, grace);
  await button(graces.page, 'Join').click();
  await graces.page.waitForURL('**/t/second');
});

test('the profile changes name and password, and lists and ends sessions', async () => {
  const elsewhere = await newPerson();
  await elsewhere.goTo(`${web.baseUrl}/profile`);
  await signIn(elsewhere.page, grace);
  await heading(elsewhere.page, 'Your profile').waitFor();

  await graces.goTo(`${web.baseUrl}/profile`);
  await graces.page.getByLabel('Name').fill('Rear Admiral Hopper');
  await button(graces.page, 'Save name').click();
  await graces.page.getByText('Name saved').waitFor();
  await graces.page.getByRole('button', { name: 'Account of Rear Admiral Hopper' }).waitFor();

  const sessions = graces.page.getByRole('list', { name: 'Sessions' }).getByRole('listitem');
  await expect.poll(() => sessions.count()).toBe(2);
  await sessions.first().getByText('this browser').waitFor();
  await sessions.nth(1).getByRole('button').click();
  await graces.page.getByText('Session ended').waitFor();
  await expect.poll(() => sessions.count()).toBe(1);
  await elsewhere.reload();
  await heading(elsewhere.page, 'Sign in').waitFor();
  await elsewhere.close();

  await graces.page.getByLabel('Current password').fill('wrong');
  await graces.page.getByLabel('New password').fill('eight shiny bicycles');
  await button(graces.page, 'Change password').click();
  await graces.page.getByText('This is not your current password.').waitFor();
  expectOnly(400, 401, 404, 410, 422);
  await graces.page.getByLabel('Current password').fill(grace.password);
  await graces.page.getByLabel('New password').fill('eight shiny bicycles');
  await button(graces.page, 'Change password').click();
  await graces.page.getByText('Password set; no other browser was signed in').waitFor();
});

test('nothing bars people who use a keyboard or a screen reader, by day or by night, and all fits a telephone', async () => {
  const stranger = await newPerson();
  const { url } = await invite('somebody.with.a.rather.long.address@subdomain.example.test', 'viewer');
  const pages = {
    [`${web.baseUrl}/login`]: 'Sign in',
    [`${web.baseUrl}/login?token=nxl_none`]: 'This link no longer works',
    [here(url)]: 'Join Analytical Engines as viewer',
    [`${web.baseUrl}/invite/nxi_none`]: 'This invitation no longer works',
  };
  for (const [address, title] of Object.entries(pages)) {
    await stranger.goTo(address);
    await heading(stranger.page, title).waitFor();
    expect(await pageFaults(stranger.page)).toEqual([]);
  }
  expectOnly(400, 401, 404, 410);
  await stranger.close();
  await adas.goTo(`${web.baseUrl}/profile`);
  expect(await pageFaults(adas.page)).toEqual([]);
});

test('everything is done by keyboard alone', async () => {
  const again = await newPerson();
  const { page } = again;
  await again.goTo(`${web.baseUrl}/login`);
  // The first field has the focus already.
  await page.keyboard.type(ada.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(ada.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/t/**');
  await page.locator('[data-live=live]').waitFor();
  await again.close();
});

/** An invitation for Grace, who has an account by now, to another tenant. */
async function secondTenantInvitation(): Promise<string> {
  const { id } = await makeTenant(database, { slug: 'second', name: 'Second' });
  const owner = { actor: systemActor, userId: null, mayMakeOwners: true };
  return (await createInvitation(web.services, id, owner, { email: grace.email, role: 'viewer' })).url;
}

/** Invites as Ada would on the page of members. */
async function invite(email: string, role: string): Promise<{ url: string }> {
  const answer = await adas.page.request.post(`${web.baseUrl}/trpc/invitations.create?tenant=analytical-engines`, {
    data: { email, role },
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  const { result } = (await answer.json()) as { result: { data: { url: string } } };
  return result.data;
}
