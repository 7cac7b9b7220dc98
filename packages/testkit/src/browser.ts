import { findProgram } from '@nexomatic/cli/infrastructure/find-program';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';

export type { Browser, Page } from 'playwright-core';

/** What keeps Chromium from asking the network for anything of its own, and from needing a display or a sandbox. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the Chromium of this machine. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findProgram('chromium', 'chromium-browser', 'google-chrome');
  if (!executablePath) throw new Error('No Chromium was found; on Debian: apt-get install -y chromium');
  return chromium.launch({ executablePath, args: flags });
}

/** A page of the dashboard, in a browser window of its own. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    timezoneId: 'Europe/Berlin',
    // Colours are judged where they end up, not on their way there.
    reducedMotion: 'reduce',
    ...options,
  });
  const page = await context.newPage();
  // Enough for a machine that is busy with something else as well.
  page.setDefaultTimeout(30_000);
  const complaints = watchPage(page);
  const whenRunning = () => page.locator('html[data-running]').waitFor({ state: 'attached' });
  return {
    page,
    /** Waits until the page answers to clicks and keys: what is pressed or filled in earlier may go nowhere. */
    whenRunning,
    /** Goes to an address and waits until the page there answers; gives the status of that page. */
    async goTo(address: string): Promise<number | undefined> {
      const response = await page.goto(address);
      await whenRunning();
      return response?.status();
    },
    async reload(): Promise<void> {
      await page.reload();
      await whenRunning();
    },
    /**
     * What the page complained of since the last look may only be answers of these statuses, which browsers note as errors, or
     * have these words in it.
     */
    expectOnly(...expected: (number | string)[]): void {
      const allowed = expected.map((one) => (typeof one === 'number' ? `status of ${one}` : one));
      const others = complaints.splice(0).filter((line) => !allowed.some((answer) => line.includes(answer)));
      expect(others).toEqual([]);
    },
    /** Closes its window. */
    close: () => context.close(),
  };
}

/** Collects what a page complains of: errors on its console, and exceptions that nobody caught. */
function watchPage(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    // Remix writes down a load that the browser gave up because another page was asked for meanwhile. It harms nobody.
    if (message.type() !== 'error' || message.text().startsWith('AbortError')) return;
    complaints.push(`${message.text()} (${message.location().url})`);
  });
  return complaints;
}

/**
 * What is wrong with a page for people who don't see or point: each rule that is broken, with the first place. `rules` are the
 * only ones to look at, where the rest was looked at before.
 */
export async function accessibilityFaults(page: Page, rules?: string[]): Promise<string[]> {
  // It is half a megabyte: once for each page is enough.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  await whenStill(page);
  return page.evaluate(async (only) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const options = only ? { runOnly: { type: 'rule' as const, values: only } } : {};
    const { violations } = await axe.run(document, { resultTypes: ['violations'], ...options });
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
  }, rules);
}

/** Waits until the page is drawn as it is to stay: another theme or size comes with the next frames, and by transitions. */
async function whenStill(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
    // Those that go round for ever turn icons, not colours.
    const ending = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/**
 * What is wrong with a page by day, by night and on a telephone. Themes differ in colours alone, and a narrow window in sizes
 * alone, so the rest is looked at once.
 */
export async function pageFaults(page: Page) {
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  // What is fetched only when a page runs belongs to it.
  await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await accessibilityFaults(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await accessibilityFaults(page, ['color-contrast', 'link-in-text-block']);
  await page.setViewportSize({ width: 390, height: 844 });
  const sideways = (await scrollsSideways(page)) ? ['it scrolls sideways'] : [];
  const small = await accessibilityFaults(page, ['target-size', 'scrollable-region-focusable']);
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: 'light' });
  return [
    ...light,
    ...dark.map((fault) => `in dark: ${fault}`),
    ...[...sideways, ...small].map((fault) => `390 px wide: ${fault}`),
  ];
}

/** Whether the page stays wider than the window, so that it has to be scrolled sideways: a window that was made narrow is laid out anew. */
export const scrollsSideways = (page: Page): Promise<boolean> =>
  page
    .waitForFunction(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth, null, {
      timeout: 3_000,
    })
    .then(
      () => false,
      () => true,
    );
