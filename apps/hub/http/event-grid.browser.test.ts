import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProductPage } from '#app/testing/product-page.ts';
import { type FakeNamespace, openFakeNamespace } from '#server/sources/event-grid/testing/fake-namespace.ts';

/** An owner who connects a source to a namespace, and watches it. */
type ProductPage = Awaited<ReturnType<typeof openProductPage>>;
let at: ProductPage;
let namespace: FakeNamespace;

beforeAll(async () => {
  [at, namespace] = await Promise.all([openProductPage(), openFakeNamespace()]);
}, 300_000);

afterAll(async () => {
  await at?.close();
  await namespace?.close();
}, 60_000);

const event = (id: string) =>
  `{"specversion":"1.0","id":"${id}","source":"/orders","type":"order.placed","data":{"n":1}}`;
const key = () => at.page.locator('input[type=password]');
const panel = () => at.page.getByRole('region', { name: 'Pulling' });
const state = (word: string) => panel().getByText(word, { exact: true }).waitFor();

test('a source is made, connected, watched while it pulls, paused and resumed', async () => {
  const { eventTypes } = await at.api('GET', '/event-types?limit=1');
  await at.open('sources/new?kind=EVENT_GRID');
  await at.field('Name').fill('orders-grid');
  await at.button('Make source').click();

  await at.heading('Connect orders-grid').waitFor();
  await at.field('Namespace').fill('https://10.0.0.1');
  await at.field('Topic').fill('orders');
  await at.field('Subscription').fill('nexomatic');
  await at.page.locator('input[role=combobox]').fill(eventTypes[0].name);
  await at.page.getByRole('option', { name: eventTypes[0].name }).click();
  await key().fill('a wrong key');
  await at.button('Connect').click();
  await at.page.getByText('not a namespace of Azure').waitFor();
  expect(await at.page.content()).not.toContain('a wrong key');

  await at.field('Namespace').fill(namespace.url);
  await key().fill('a wrong key');
  await at.button('Connect').click();
  await at.heading('orders-grid').waitFor();
  await state('failing');
  await panel().getByText('Azure does not accept the credential').first().waitFor();

  await at.link('Connection').click();
  await key().fill(namespace.accessKey);
  await at.button('Save').click();
  await state('receiving');
  namespace.queue.publish(event('1'), event('2'), event('2'));
  await at.page.getByRole('row', { name: /taken/ }).first().waitFor();
  await at.page.getByRole('listitem').filter({ hasText: eventTypes[0].name }).first().waitFor();
  await expect.poll(() => namespace.queue.left()).toEqual([]);
  await at.page.getByText('1 duplicate, 0 rejected, 0 released').waitFor();

  await at.button('Pause').click();
  await state('paused');
  await expect.poll(() => namespace.waiting()).toBe(0);
  await at.button('Resume').click();
  await state('receiving');
  at.expectOnly(422);
});
