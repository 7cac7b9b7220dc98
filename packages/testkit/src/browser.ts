import { AxeBuilder } from '@axe-core/playwright';
import { findProgram } from '@nexomatic/cli/infrastructure/find-program';
import { type Browser, chromium, type Page } from 'playwright-core';

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

/** Collects what a page complains of: errors on its console, and exceptions that nobody caught. */
export function watchPage(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${message.text()} (${message.location().url})`);
  });
  return complaints;
}

/**
 * What is wrong with a page for people who don't see or point: each rule that is broken, with the first place. `rules` are the
 * only ones to look at, where the rest was looked at before.
 */
export async function accessibilityFaults(page: Page, rules?: string[]): Promise<string[]> {
  // In one go inside the page: its other way opens a second page to join the findings of frames, and we have no frames.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
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
