import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { openProductPage } from './testing/product-page.ts';

/** What a person makes with the mouse, on the whole product: sink types and actions. */
const it = await openProductPage();
const { page, open, api, heading, button, link, field, pick, searchable, dialog, expectOnly } = it;
afterAll(() => it.close(), 60_000);
afterEach(() => expectOnly());

/** What the thing that has the focus is called. */
const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

describe('a sink type', () => {
  test('is made and described, and deleted while nothing is of it', async () => {
    await open('sinks');
    await link('Sink types').click();
    await link('New sink type').click();
    await field('Name').fill('LINUX:PYTHON');
    await button('Make sink type').click();
    await heading('LINUX:PYTHON').waitFor();
    await page.getByText('There is no sink of this type.').waitFor();
    await button('Delete').click();
    await dialog().getByRole('button', { name: 'Delete' }).click();
    await page.getByText('Sink type deleted').waitFor();
  });

  test('of which there are sinks keeps its name, and says what stands in the way of deleting it', async () => {
    await open('sinks/types');
    await link('PYTHON').click();
    await heading('PYTHON').waitFor();
    await button('Delete').click();
    const refusal = page.getByRole('dialog', { name: 'Delete: not possible now' });
    await refusal.getByText('demo-sink').waitFor();
    expect(await refusal.getByRole('button', { name: 'Delete' }).count()).toBe(0);
    await refusal.getByRole('button', { name: 'Close' }).last().click();
    await link('Edit').click();
    await expect.poll(() => field('Name').isDisabled()).toBe(true);
  });
});

describe('an action', () => {
  test('is made with parameters, whose rows are moved and removed by keyboard alone', async () => {
    await open('actions');
    await link('New action').click();
    await field('Name').fill('deploy');
    await field('Module').fill('hello.greet');
    await button('Add a parameter').click();
    // The focus goes to the key of the new row.
    await expect.poll(focused).toBe('Key of parameter 1');
    await page.keyboard.type('greeting');
    await page.getByLabel('Text of parameter 1').fill('Good "morning"');
    await button('Add a parameter').press('Enter');
    await expect.poll(focused).toBe('Key of parameter 2');
    await page.keyboard.type('retries');
    await page.getByLabel('Where the value of parameter 2 comes from').selectOption('JSON');
    await page.getByLabel('JSON value of parameter 2').fill('3');
    await button('Add a parameter').press('Enter');
    await expect.poll(focused).toBe('Key of parameter 3');
    await page.keyboard.type('name');
    await page.getByLabel('Where the value of parameter 3 comes from').selectOption('DATA');
    await page.getByLabel('Key of the payload, or JSON Pointer of parameter 3').fill('name');

    await page.getByLabel('Key of parameter 3').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(() => page.getByLabel('Key of parameter 2').inputValue()).toBe('name');
    await expect.poll(focused).toBe('Key of parameter 2');
    await button('Move parameter 2 up').press('Enter');
    await expect.poll(() => page.getByLabel('Key of parameter 1').inputValue()).toBe('name');
    await button('Remove parameter 3').press('Enter');
    await expect.poll(() => page.getByLabel(/^Key of parameter/).count()).toBe(2);
    await expect.poll(focused).toBe('Remove parameter 2');

    await button('Make action').click();
    await heading('deploy').waitFor();
    const parameters = page.getByRole('region', { name: 'Parameters' });
    await parameters.getByRole('row', { name: /greeting/ }).waitFor();
    expect(await parameters.getByRole('row').allInnerTexts()).toEqual([
      expect.stringContaining('Key'),
      expect.stringMatching(/name\s+from payload\s+name/),
      expect.stringMatching(/greeting\s+fixed\s+"Good \\"morning\\""/),
    ]);
  });

  test('takes what was picked in a list before the list could be searched, and leaves the focus there', async () => {
    const coming = Promise.withResolvers<void>();
    const code = /combobox-control/;
    await page.route(code, async (route) => {
      await coming.promise;
      await route.continue();
    });
    await open('actions/new');
    const plain = page.getByRole('combobox', { name: 'On success' });
    await plain.selectOption('hello.alert');
    await plain.focus();
    coming.resolve();
    await searchable('On success').and(page.locator(':focus')).waitFor();
    expect(await searchable('On success').inputValue()).toBe('hello.alert');
    await page.unroute(code);
    await field('Name').fill('quick');
    await field('Module').fill('hello.greet');
    await button('Make action').click();
    await heading('quick').waitFor();
    expect((await api('GET', '/actions?search=quick')).actions[0].onSuccess).toMatchObject({ name: 'hello.alert' });
  });

  test('is refused at the field that is wrong, and what was written stays', async () => {
    await open('actions/new');
    await field('Name').fill('with space');
    await field('Module').fill('os; rm -rf /');
    await button('Make action').click();
    await page.getByText('letters, digits and . _ : - only').waitFor();
    await field('Name').fill('broken');
    await button('Make action').click();
    await page.getByText('names joined by dots, such as my_module.runner').waitFor();
    expect(await field('Module').inputValue()).toBe('os; rm -rf /');
    expectOnly(400, 422);
  });

  test('asks first when what it would do may go wrong', async () => {
    const { id } = (await api('GET', '/actions?search=hello.alert')).actions[0];
    await open(`actions/${id}/edit`);
    await page.getByText('Nothing changed.').waitFor();
    await pick('On success', 'hello.alert');
    await page.getByText('Changed: On success').waitFor();
    await button('Save').click();
    await page.getByText('the chain loops: hello.alert → hello.alert').waitFor();
    expect((await api('GET', `/actions/${id}`)).onSuccess).toBeNull();
    await button('Save all the same').click();
    await page.getByRole('heading', { name: 'This needs attention' }).waitFor();
    expect((await api('GET', `/actions/${id}`)).onSuccess).toMatchObject({ name: 'hello.alert' });
    expectOnly(422);

    await link('History').click();
    await page.getByText('Version 2').waitFor();
    await button('Restore version 1').click();
    await page.getByText('Saved as version 3').waitFor();
    expect((await api('GET', `/actions/${id}`)).onSuccess).toBeNull();
  });

  test('that somebody else saved meanwhile shows what they changed, and can be saved over', async () => {
    const { id, version, ...found } = (await api('GET', '/actions?search=deploy')).actions[0];
    await open(`actions/${id}/edit`);
    await field('Description').fill('mine');
    const { name, onSuccessId, onFailureId, parameters } = found;
    await api('PUT', `/actions/${id}`, { version, name, onSuccessId, onFailureId, parameters, module: 'hello.notify' });
    await button('Save').click();
    const theirs = page.getByRole('region', { name: 'What they changed' });
    await theirs.getByText('hello.notify').waitFor();
    await expect.poll(() => field('Description').inputValue()).toBe('mine');
    await button('Save mine over version 2').click();
    await heading('deploy').waitFor();
    expect(await api('GET', `/actions/${id}`)).toMatchObject({
      version: 3,
      module: 'hello.greet',
      description: 'mine',
    });
    expectOnly(409);
  });

  test('that an event type runs is not deleted, and the page says which', async () => {
    await open('actions');
    await link('hello.greet').click();
    await heading('hello.greet').waitFor();
    await button('Delete').click();
    const refusal = page.getByRole('dialog', { name: 'Delete: not possible now' });
    await refusal.getByText('hello.received').waitFor();
    expect(await refusal.getByRole('button', { name: 'Delete' }).count()).toBe(0);
  });
});
