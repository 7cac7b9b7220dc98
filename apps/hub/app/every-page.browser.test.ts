import { pageFaults } from '@nexomatic/testkit/browser';
import type { UNSAFE_RouteConfigEntry as Route } from '@remix-run/dev';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import routes from './routes.ts';
import { openProductPage } from './testing/product-page.ts';

/** The owner of the demo's tenant, who administers the hub as well, on every page that there is. */
const it = await openProductPage();
const { product, page, goTo, open, api, send, heading, searchable, pill, expectOnly } = it;
afterAll(() => it.close(), 60_000);

let event: string;
beforeAll(async () => {
  event = await send({ name: 'Ada', fail: true });
  await open(`events/${event}`);
  await pill('ERROR').waitFor();
});

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
  '/t/:tenant/logs/around',
  '/t/:tenant/object-names',
  '/t/:tenant/schedules/preview',
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
    const nightly = { name: 'nightly', cron: '0 2 * * *', timeZone: 'UTC', eventTypeId, enabled: true };
    return (await api('POST', '/schedules', nightly)).id;
  }
  if (folder === 'schedules/blackouts') {
    const window = { kind: 'weekly', days: ['sat'], from: '22:00', until: '06:00', timeZone: 'UTC' };
    return (await api('POST', '/blackouts', { name: 'backups', window })).id;
  }
  const listed: unknown[] = Object.values(await api('GET', `/${folder === 'sinks/types' ? 'sink-types' : folder}`));
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

/** What pages need in the address, and other sides of them that are pages of their own. */
const queries: Record<string, string[]> = {
  '/t/:tenant/actions': ['', '?search=nothing-like-it'],
  '/t/:tenant/actions/:id': ['', '?tab=history'],
  '/t/:tenant/bulk/new': ['?action=rerun&q=state:error'],
  '/t/:tenant/event-types/:id': ['', '?tab=test', '?tab=parameters', '?tab=schema', '?tab=history'],
  '/t/:tenant/events/new': ['?type=hello.received'],
  '/t/:tenant/schedules': ['', '?status=paused'],
  '/t/:tenant/schedules/new': ['', '?preset=once'],
  '/t/:tenant/schedules/:id/backfill': ['', '?from=2026-11-01T00:00&to=2026-11-02T00:00'],
  '/t/:tenant/sinks': ['', '?status=KILLING'],
};

const pages = patternsOf(routes)
  .filter((pattern) => !noPages.has(pattern))
  .flatMap((pattern) => (queries[pattern] ?? ['']).map((query) => [pattern, query] as const));

test.each(pages)(
  '%s%s bars nobody who uses a keyboard or a screen reader, by day or by night, and fits a telephone',
  async (pattern, query) => {
    await goTo(product.hubUrl + (await addressOf(pattern)) + query);
    expect(await pageFaults(page)).toEqual([]);
    // What a page or a link was refused.
    expectOnly(401, 404);
  },
);

/**
 * The main tasks without a mouse. The rest of the ten are walked where their pages are tested: an event is opened, re-run and
 * cancelled, and the list filtered, in events.browser.test.ts; an event type is made in event-types.browser.test.ts.
 */
describe('by keyboard alone', () => {
  const type = (text: string) => page.keyboard.type(text);
  const press = (key: string) => page.keyboard.press(key);
  const payload = () => page.getByRole('textbox', { name: 'Payload' });

  /** What the thing that has the focus is called. */
  const focused = () =>
    page.evaluate(() => {
      const at = document.activeElement as HTMLInputElement | null;
      const by = at?.getAttribute('aria-labelledby');
      const label = at?.labels?.[0] ?? (by ? document.getElementById(by) : null) ?? at;
      return (at?.getAttribute('aria-label') ?? label?.textContent ?? '').trim();
    });

  /** Goes on with Tab until what has the focus is called that. */
  async function tabTo(name: RegExp): Promise<void> {
    const passed: string[] = [];
    while (passed.length < 80) {
      const at = await focused();
      if (name.test(at)) return;
      passed.push(at);
      await press('Tab');
    }
    throw new Error(`no Tab came to ${name}, only to ${passed.join(' | ')}`);
  }

  /** Goes down in the list that has the focus until it shows that choice. */
  async function goDownTo(choice: string): Promise<void> {
    const shown = () =>
      page.evaluate(() => (document.activeElement as HTMLSelectElement).selectedOptions[0]?.textContent ?? '');
    for (let presses = 0; presses < 20 && (await shown()) !== choice; presses += 1) await press('ArrowDown');
    expect(await shown()).toBe(choice);
  }

  test('an event is fired', async () => {
    await open('events');
    await tabTo(/^Fire/);
    await press('Enter');
    await heading('Fire an event').waitFor();
    await searchable('Event type').waitFor();
    await tabTo(/^Event type/);
    await type('received');
    // What matches first is what Enter takes.
    await page.locator('[role=option][data-highlighted]', { hasText: 'hello.received' }).waitFor();
    await press('Enter');
    // Another type is another form, which begins with that type's last payload.
    await payload().getByText('"Ada"').waitFor();
    await tabTo(/^Payload/);
    await press('Control+a');
    await type('{"name":"Grace"}');
    await tabTo(/^Fire$/);
    await press('Enter');
    await pill('SUCCESS').waitFor();
  });

  test('the log of an event is read', async () => {
    await open(`events/${event}`);
    await tabTo(/^Log$/);
    await press('Enter');
    await page.getByRole('region', { name: 'Log lines' }).getByText('Traceback (most recent call last)').waitFor();
    await tabTo(/^Log lines/);
  });

  test('an event is run again with another payload', async () => {
    await open(`events/${event}`);
    await press('r');
    await heading('Re-run hello.received').waitFor();
    await payload().waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await press('Control+a');
    await type('{"name":"Bo"}');
    await tabTo(/^Re-run$/);
    await press('Enter');
    await pill('SUCCESS').waitFor();
    expect(page.url()).not.toContain(event);
  });

  test('a source is made', async () => {
    await open('sources');
    await tabTo(/^New source$/);
    await press('Enter');
    await heading('New source').waitFor();
    await tabTo(/^Name/);
    await type('keyed');
    await tabTo(/^Sender/);
    await goDownTo('No authentication');
    await tabTo(/^Make source$/);
    await press('Enter');
    await heading('keyed').waitFor();
  });

  test('a member is invited', async () => {
    await open('settings/members');
    await tabTo(/^Invite$/);
    await press('Enter');
    await page.locator('[role=dialog]:focus-within').waitFor();
    await tabTo(/^E-mail/);
    await type('keyed@example.test');
    await press('Enter');
    await page.getByText(/\/invite\/nxi_/).waitFor();
    await tabTo(/^I have copied it$/);
    await press('Enter');
    await page.getByRole('row', { name: /keyed@example\.test/ }).waitFor();
  });

  test('a token is made', async () => {
    await open('settings/tokens');
    await tabTo(/^New token$/);
    await press('Enter');
    // It begins in its first field.
    await page.locator('input[name=name]:focus').waitFor();
    await type('Keyed');
    await press('Enter');
    await page.getByRole('heading', { name: /Keyed is ready/ }).waitFor();
    await tabTo(/^I have copied it$/);
    await press('Enter');
    await page.getByRole('row', { name: /Keyed/ }).waitFor();
  });
});
