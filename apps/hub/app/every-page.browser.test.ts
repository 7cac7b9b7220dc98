import {
  accessibilityFaults,
  type Browser,
  openBrowser,
  type Page,
  scrollsSideways,
  watchPage,
} from '@nexomatic/testkit/browser';
import { type Product, startProduct } from '@nexomatic/testkit/start-product';
import type { UNSAFE_RouteConfigEntry as Route } from '@remix-run/dev';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import routes from './routes.ts';

/** The owner of the demo's tenant, who administers the hub as well, on every page that there is. */
let product: Product;
let browser: Browser;
let page: Page;
let complaints: string[];
let event: string;

beforeAll(async () => {
  [product, browser] = await Promise.all([startProduct(), openBrowser()]);
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  complaints = watchPage(page);
  const sent = await fetch(product.webhookUrl, { method: 'POST', body: JSON.stringify({ name: 'Ada', fail: true }) });
  event = ((await sent.json()) as { eventId: string }).eventId;
  await page.goto(product.dashboardUrl);
  await page.waitForURL(`${product.hubUrl}/t/${product.tenant}*`);
  await page.goto(`${product.hubUrl}/t/${product.tenant}/events/${event}`);
  await pillOfPage('ERROR').waitFor();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await product?.discard();
}, 60_000);

const pillOfPage = (state: string) => page.locator(`h1 ~ [data-state=${state}]`);
const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });

/** Goes to an address and waits until the page there answers to keys. */
async function open(path: string): Promise<void> {
  await page.goto(`${product.hubUrl}${path}`);
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() =>
    Object.keys(document.querySelector('main') ?? {}).some((key) => key.startsWith('__reactFiber')),
  );
}

/** Calls the REST API as a program. */
async function api(method: string, path: string, body?: unknown) {
  const response = await fetch(`${product.hubUrl}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${product.apiToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
  return (await response.json()) as Record<string, unknown> & { id: string };
}

/** Every address that has no other below it, with the addresses around it: `/t/:tenant/events/:id`. */
function patternsOf(entries: readonly Route[], above = ''): string[] {
  return entries.flatMap(({ path, children }) => {
    const here = path ? `${above}/${path}` : above;
    return children ? patternsOf(children, here) : [here || '/'];
  });
}

/** They lead elsewhere, or answer with something that is no page. */
const noPages = new Set([
  '/',
  '/go/:id',
  '/login/oidc/:provider',
  '/login/oidc/:provider/callback',
  '/setup',
  '/sign-out',
  '/t/:tenant/event-names',
  '/t/:tenant/event-types/check',
  '/t/:tenant/event-views',
  '/t/:tenant/events/:id/attempts/:attempt/log',
]);

/** What the pages of a single thing show: the first that the API lists, which has the same names. */
const firstOf = new Map<string, Promise<string>>();
async function idIn(folder: string): Promise<string> {
  if (folder === 'events') return event;
  if (folder === 'bulk') return (await api('POST', '/bulk', { action: 'rerun', query: 'state:warning' })).id;
  if (folder === 'secrets') return (await api('POST', '/secrets', { name: 'DEMO_KEY' })).id;
  if (folder === 'event-grid') return (await api('POST', '/sources', { name: 'grid', kind: 'EVENT_GRID' })).id;
  if (folder === 'schedules') {
    const eventTypeId = await idIn('event-types');
    return (await api('POST', '/schedules', { name: 'nightly', cron: '0 2 * * *', timeZone: 'UTC', eventTypeId })).id;
  }
  const listed = Object.values(await api('GET', `/${folder === 'sinks/types' ? 'sink-types' : folder}`));
  const [first] = listed.find((value) => Array.isArray(value)) as { id: string }[];
  if (!first) throw new Error(`the demo has none of ${folder}`);
  return first.id;
}

async function addressOf(pattern: string): Promise<string> {
  const known = { ':tenant': product.tenant, ':code': 'conflict', ':token': 'nxi_unknown', '*': 'nothing-here' };
  let address = pattern;
  for (const [name, value] of Object.entries(known)) address = address.replace(name, value);
  const folder = pattern.endsWith('/event-grid') ? 'event-grid' : /^\/t\/[^/]+\/(.+)\/:id/.exec(address)?.[1];
  if (folder === undefined) return pattern === '/login' ? '/login?token=nxl_unknown' : address;
  const id = firstOf.get(folder) ?? idIn(folder);
  firstOf.set(folder, id);
  return address.replace(':id', await id);
}

/** What pages of their own need in the address. */
const queries: Record<string, string> = {
  '/t/:tenant/bulk/new': '?action=rerun&q=state:error',
  '/t/:tenant/events/new': '?type=hello.received',
};

const pages = patternsOf(routes).filter((pattern) => !noPages.has(pattern));

test.each(pages)(
  '%s bars nobody who uses a keyboard or a screen reader, by day or by night, and fits a telephone',
  async (pattern) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await open((await addressOf(pattern)) + (queries[pattern] ?? ''));
    const light = await accessibilityFaults(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    // Themes differ in colours alone.
    const dark = await accessibilityFaults(page, ['color-contrast', 'link-in-text-block']);
    await page.setViewportSize({ width: 390, height: 844 });
    const sideways = await scrollsSideways(page);
    const small = await accessibilityFaults(page, ['target-size', 'scrollable-region-focusable']);
    await page.setViewportSize({ width: 1280, height: 800 });
    // Browsers note what a page or a link was refused as an error on the console.
    const noted = complaints.splice(0).filter((line) => !/status of 40[14]/.test(line));
    expect({ light, dark, sideways, small, noted }).toEqual({
      light: [],
      dark: [],
      sideways: false,
      small: [],
      noted: [],
    });
  },
);

/**
 * The main tasks without a mouse. The rest of the ten are walked where their pages are tested: an event is opened, re-run and
 * cancelled, and the list filtered, in events.browser.test.ts; an event type is made in event-types.browser.test.ts.
 */
describe('by keyboard alone', () => {
  const home = () => `/t/${product.tenant}`;
  const type = (text: string) => page.keyboard.type(text);
  const press = (key: string) => page.keyboard.press(key);

  /** Goes on with Tab until what has the focus is called that. */
  async function tabTo(name: RegExp): Promise<void> {
    const passed: string[] = [];
    while (passed.length < 80) {
      await press('Tab');
      const focused = await page.evaluate(() => {
        const at = document.activeElement as HTMLInputElement | null;
        const by = at?.getAttribute('aria-labelledby');
        const label = at?.labels?.[0] ?? (by ? document.getElementById(by) : null) ?? at;
        return (at?.getAttribute('aria-label') ?? label?.textContent ?? '').trim();
      });
      if (name.test(focused)) return;
      passed.push(focused);
    }
    throw new Error(`no Tab came to ${name}, only to ${passed.join(' | ')}`);
  }

  test('an event is fired', async () => {
    await open(`${home()}/events`);
    await tabTo(/^Fire/);
    await press('Enter');
    await heading('Fire an event').waitFor();
    await tabTo(/^Event type/);
    await type('received');
    await page.getByRole('option', { name: /hello\.received/ }).waitFor();
    await press('ArrowDown');
    await press('Enter');
    await page.waitForURL('**/events/new?type=hello.received');
    await page.locator('.cm-editor').waitFor();
    await tabTo(/^Payload/);
    await press('Control+a');
    await type('{"name":"Grace"}');
    await tabTo(/^Fire$/);
    await press('Enter');
    await pillOfPage('SUCCESS').waitFor();
  });

  test('the log of an event is read', async () => {
    await open(`${home()}/events/${event}`);
    await tabTo(/^Log/);
    await press('Enter');
    await page.getByRole('region', { name: 'Log lines' }).getByText('Traceback (most recent call last)').waitFor();
    await tabTo(/^Log lines/);
  });

  test('an event is run again with another payload', async () => {
    await open(`${home()}/events/${event}`);
    await press('r');
    await heading('Re-run hello.received').waitFor();
    await page.locator('.cm-editor').waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await press('Control+a');
    await type('{"name":"Bo"}');
    await tabTo(/^Re-run$/);
    await press('Enter');
    await pillOfPage('SUCCESS').waitFor();
    expect(page.url()).not.toContain(event);
  });

  test('a source is made', async () => {
    await open(`${home()}/sources`);
    await tabTo(/^New source$/);
    await press('Enter');
    await heading('New source').waitFor();
    await tabTo(/^Name/);
    await type('keyed');
    await press('Tab');
    await type('No auth');
    await tabTo(/^Make source$/);
    await press('Enter');
    await heading('keyed').waitFor();
  });

  test('a member is invited', async () => {
    await open(`${home()}/settings/members`);
    await tabTo(/^Invite$/);
    await press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(/^E-mail/);
    await type('keyed@example.test');
    await press('Enter');
    await page.getByText(/\/invite\/nxi_/).waitFor();
    await tabTo(/^I have copied it$/);
    await press('Enter');
    await page.getByRole('row', { name: /keyed@example\.test/ }).waitFor();
  });

  test('a token is made', async () => {
    await open(`${home()}/settings/tokens`);
    await tabTo(/^New token$/);
    await press('Enter');
    await page.waitForURL('**/tokens/new');
    await heading('Settings').waitFor();
    await tabTo(/^Name/);
    await type('Keyed');
    await press('Enter');
    await page.getByRole('heading', { name: /Keyed is ready/ }).waitFor();
    await tabTo(/^I have copied it$/);
    await press('Enter');
    await page.getByRole('row', { name: /Keyed/ }).waitFor();
  });
});
