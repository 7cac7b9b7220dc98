import { openBrowser, openPage, type Page } from '@nexomatic/testkit/browser';
import { startProduct } from '@nexomatic/testkit/start-product';
import { expect } from 'vitest';

type PageOptions = Parameters<typeof openPage>[1];

/** The whole product, and a browser in which its owner is signed in. */
export async function openProductPage(options: PageOptions = {}) {
  const [product, browser] = await Promise.all([startProduct(), openBrowser()]);
  async function close(): Promise<void> {
    await browser.close();
    await product.discard();
  }
  const home = `${product.hubUrl}/t/${product.tenant}`;
  const opened = await openPage(browser, options);
  const { page, goTo } = opened;
  try {
    await goTo(product.dashboardUrl);
    await page.waitForURL(home);
  } catch (error) {
    // Nobody else knows of it yet, and it would go on for ever.
    await close();
    throw error;
  }

  return {
    product,
    /** Address of the tenant's first page. */
    home,
    ...opened,
    ...partsOf(page),
    /** Goes to a page of the tenant and waits until it answers to clicks and keys. */
    open: (path: string) => goTo(`${home}/${path}`),
    /** A page in the browser of somebody else, who is not signed in. */
    stranger: () => openPage(browser),
    /** Sends a webhook to the edge, as a sender would, and gives the id of the event that it fired. */
    async send(payload: unknown): Promise<string> {
      const answer = await fetch(product.webhookUrl, { method: 'POST', body: JSON.stringify(payload) });
      expect(answer.status).toBe(202);
      return ((await answer.json()) as { eventId: string }).eventId;
    },
    /** Calls the REST API as a program would. */
    async api(method: string, path: string, body?: unknown) {
      const response = await fetch(`${product.hubUrl}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${product.apiToken}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      expect(response.ok, `${method} ${path}: ${response.status} ${text}`).toBe(true);
      return text ? JSON.parse(text) : {};
    },
    close,
  };
}

/** A list that is searched by typing. A plain one, which is no text field, stands in until its code has come. */
const searchable = (page: Page, name: string) => page.getByRole('combobox', { name }).and(page.locator('input'));

/** Parts of a page by what they are called. */
const partsOf = (page: Page) => ({
  heading: (name: string | RegExp) => page.getByRole('heading', { level: 1, name, exact: true }),
  button: (name: string | RegExp) => page.getByRole('button', { name }),
  link: (name: string | RegExp) => page.getByRole('main').getByRole('link', { name }),
  field: (name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}`) }),
  /** Opens a list to pick from and takes a choice. */
  async pick(name: string, choice: string): Promise<void> {
    await searchable(page, name).click();
    await page.getByRole('option', { name: choice }).click();
  },
  searchable: (name: string) => searchable(page, name),
  dialog: () => page.getByRole('dialog'),
  /** The state of the thing that the page is about. */
  pill: (state: string) => page.locator(`h1 ~ [data-state=${state}]`),
});
