import { openBrowser, type Page, watchPage } from '@nexomatic/testkit/browser';
import { startProduct } from '@nexomatic/testkit/start-product';
import { expect } from 'vitest';

/** The whole product, and a browser in which its owner is signed in. */
export async function openProductPage() {
  const [product, browser] = await Promise.all([startProduct(), openBrowser()]);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, timezoneId: 'Europe/Berlin' });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints = watchPage(page);
  const home = `${product.hubUrl}/t/${product.tenant}`;
  await page.goto(product.dashboardUrl);
  await page.waitForURL((url) => url.href.startsWith(home));

  return {
    product,
    page,
    /** Goes to a page of the tenant and waits until it answers to clicks and keys. */
    async open(path: string): Promise<void> {
      await page.goto(`${home}/${path}`);
      await page.waitForFunction(() =>
        Object.keys(document.querySelector('#main') ?? {}).some((key) => key.startsWith('__reactFiber')),
      );
    },
    ...partsOf(page),
    /** Calls the REST API as a program would. */
    async api(method: string, path: string, body?: unknown) {
      const response = await fetch(`${product.hubUrl}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${product.apiToken}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return text ? JSON.parse(text) : {};
    },
    /** What the page complained of since the last look may only be answers of these statuses, which browsers note as errors. */
    expectOnly(...statuses: number[]): void {
      const others = complaints.splice(0).filter((line) => !statuses.some((status) => line.includes(`${status}`)));
      expect(others).toEqual([]);
    },
    async close(): Promise<void> {
      await browser.close();
      await product.discard();
    },
  };
}

/** Parts of a page by what they are called. */
const partsOf = (page: Page) => ({
  heading: (name: string) => page.getByRole('heading', { level: 1, name, exact: true }),
  button: (name: string | RegExp) => page.getByRole('button', { name }),
  link: (name: string | RegExp) => page.getByRole('main').getByRole('link', { name }),
  field: (name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}`) }),
  /** Opens a list to pick from and takes a choice. */
  async pick(name: string, choice: string): Promise<void> {
    await page.getByRole('combobox', { name }).click();
    await page.getByRole('option', { name: choice }).click();
  },
  dialog: () => page.getByRole('dialog'),
});
