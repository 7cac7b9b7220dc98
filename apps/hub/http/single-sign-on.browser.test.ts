import { accessibilityFaults, openBrowser, openPage } from '@nexomatic/testkit/browser';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeInvitation, makeTenant } from '@nexomatic/testkit/factories';
import { freePort } from '@nexomatic/testkit/free-port';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, afterEach, expect, test } from 'vitest';
import { startProvider } from '#server/auth/single-sign-on/testing/start-provider.ts';
import { openBuiltWeb } from './testing/open-built-web.ts';

/** A hub to which people come by single sign-on alone, and a provider on another site. */
const port = await freePort();
const publicUrl = `http://127.0.0.1:${port}`;
const provider = await startProvider(`${publicUrl}/login/oidc/test/callback`);
const database = await testDatabase();
const { issuer, clientId, clientSecret } = provider;
const env = {
  port,
  publicUrl,
  ssoOnly: true,
  ssoProviders: [{ id: 'test', label: 'Our login', issuer, clientId, clientSecret }],
};
const web = await openBuiltWeb({ databaseUrl: database.url, redisUrl: await testRedis(), env });
const tenant = await makeTenant(database, { name: 'Analytical Engines' });
const ada = { sub: 'ada', email: 'ada@example.test', email_verified: true, name: 'Ada Lovelace' };
const { token } = await makeInvitation(database, tenant.id, { email: ada.email, role: 'owner' });
const browser = await openBrowser();
const { page, goTo, expectOnly } = await openPage(browser);

afterAll(async () => {
  await browser.close();
  await web.close();
  await provider.close();
});

afterEach(() => expectOnly());

const button = () => page.getByRole('link', { name: 'Continue with Our login' });

test('an invitation is accepted by the account of the provider, which leads into the tenant', async () => {
  provider.account = ada;
  await goTo(`${publicUrl}/invite/${token}`);
  await page.getByRole('heading', { name: 'Join Analytical Engines as owner' }).waitFor();
  expect(await page.getByLabel('Choose a password').count()).toBe(0);
  expect(await accessibilityFaults(page)).toEqual([]);
  await button().click();
  await page.waitForURL(`**/t/${tenant.slug}`);
});

test('signing in leads back to the page that was asked for', async () => {
  await page.context().clearCookies();
  await goTo(`${publicUrl}/profile`);
  await button().click();
  await page.getByRole('heading', { name: 'Your profile' }).waitFor();
  await page.getByText('Signed in by single sign-on').first().waitFor();
  await page.getByText(issuer).waitFor();
});

test('somebody whom nobody invited is told what to do', async () => {
  await page.context().clearCookies();
  provider.account = { ...ada, sub: 'eve', email: 'eve@example.test' };
  await goTo(`${publicUrl}/login`);
  await button().click();
  await page.getByRole('alert').getByText('Nobody has invited this address yet.').waitFor();
});

test('the password form is hidden, and stays at the address for emergencies', async () => {
  await goTo(`${publicUrl}/login`);
  await button().waitFor();
  expect(await page.getByLabel('Password', { exact: true }).count()).toBe(0);
  await goTo(`${publicUrl}/login?password`);
  await page.getByLabel('Password', { exact: true }).waitFor();
});
