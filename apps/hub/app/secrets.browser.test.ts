import { createHmac } from 'node:crypto';
import { newId } from '@nexomatic/contracts/id';
import { accessibilityFaults, pageFaults } from '@nexomatic/testkit/browser';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { filesTelling } from './testing/files-telling.ts';
import { openProductPage } from './testing/product-page.ts';
import { leaksOf, recordTraffic } from './testing/record-traffic.ts';

/** Secrets as a person keeps them: sealed in the browser, and never seen again. */
const it = await openProductPage();
const { page, open, api, heading, button, link, field, dialog, expectOnly } = it;
const traffic = recordTraffic(page);
afterAll(() => it.close(), 60_000);
afterEach(() => expectOnly());

/** Values that stand in nothing else, so that finding one anywhere is a leak. */
const first = `nx-first-${crypto.randomUUID()}`;
const second = `nx-second-${crypto.randomUUID()}`;
const leaks = (text: string) => leaksOf(text, [first, second]);

const value = () => page.getByRole('textbox', { name: 'Value' });
const openForm = async (path: string) => {
  await open(path);
  await expect.poll(() => value().isEnabled()).toBe(true);
};
const save = (word: string) => button(new RegExp(`^${word}$`)).click();

describe('a secret', () => {
  test('is set by keyboard alone, and the form is gone with what was typed', async () => {
    await open('secrets');
    await link('New secret').press('Enter');
    await heading('New secret').waitFor();
    await expect.poll(() => value().isEnabled()).toBe(true);
    await field('Key').press('A');
    await field('Key').pressSequentially('PI_TOKEN');
    await value().focus();
    await page.keyboard.type(first);
    await page.getByText(`${first.length} bytes of 49,152`).waitFor();
    expect(await pageFaults(page)).toEqual([]);
    await button('Save secret').press('Enter');
    await heading('API_TOKEN').waitFor();
    await page.getByText('API_TOKEN is sealed: version 1').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.goBack();
    await heading('New secret').waitFor();
    expect(await value().inputValue()).toBe('');
  });

  test('too short to mask is warned of, one that is too long or missing is not sent', async () => {
    await openForm('secrets/new');
    await value().fill('abc12');
    await page.getByText('Too short to mask').waitFor();
    await value().fill('€'.repeat(16_385));
    await page.getByText('It has 49,155 bytes; 49,152 bytes fit.').waitFor();
    await field('Key').fill('TOO_LONG');
    await save('Save secret');
    await expect.poll(() => value().getAttribute('aria-invalid')).toBe('true');
    await value().fill('');
    await save('Save secret');
    await page.getByText('Give it a value.').waitFor();
    expect(await heading('New secret').count()).toBe(1);
  });

  test('is generated, and can be copied until it is saved', async () => {
    await openForm('secrets/new');
    await button('Generate').click();
    await page.getByLabel('Length').fill('48');
    await page.getByLabel('Characters').selectOption('Hexadecimal');
    await button('Fill in').click();
    await expect.poll(() => value().inputValue()).toMatch(/^[0-9a-f]{48}$/);
    await button(/^Copy$/).waitFor();
    await value().press('End');
    await page.keyboard.type('\n');
    await page.getByText('It ends with a space or a line break').waitFor();
    await button('Take it away').click();
    await page.getByText('48 bytes of 49,152').waitFor();
  });

  test('comes from a file to the byte; what is no text is refused', async () => {
    await openForm('secrets/new');
    const picker = page.getByLabel('File that holds the value');
    const file = (buffer: Buffer) => ({ name: 'deploy.pem', mimeType: 'application/x-pem-file', buffer });
    await picker.setInputFiles(file(Buffer.from([0xff, 0x00])));
    await page.getByText('deploy.pem is not text in UTF-8').waitFor();
    await picker.setInputFiles(file(Buffer.from('-----BEGIN\r\nkey\r\n-----END\r\n')));
    await page.getByText('27 bytes of 49,152').waitFor();
    await field('Key').fill('DEPLOY_KEY');
    await save('Save secret');
    await heading('DEPLOY_KEY').waitFor();
    await page.getByText('27 bytes').waitFor();
  });

  test('is replaced in place and rolled back to the version of before; an empty value keeps the one there is', async () => {
    await open('secrets');
    await link('API_TOKEN').click();
    await link('Replace or edit').click();
    await expect.poll(() => value().isEnabled()).toBe(true);
    await field('Description').fill('Of the shop');
    await page.getByText('Changed: Description').waitFor();
    await save('Save');
    await page.getByText('API_TOKEN saved').waitFor();
    await link('Replace or edit').click();
    await expect.poll(() => value().isEnabled()).toBe(true);
    await value().fill(second);
    await page.getByText('Changed: Value').waitFor();
    await save('Save');
    await page.getByText('API_TOKEN is sealed: version 2').waitFor();
    await button(/^Roll back to version 1 \(until \d\d:\d\d\)$/).click();
    await page.getByText('API_TOKEN is version 1 again').waitFor();
    await button(/^Roll back to version 2/).waitFor();
  });

  test('is limited to event types by name, and says which of them lose it', async () => {
    const { secrets } = await api('GET', '/secrets');
    const { id } = secrets.find(({ name }: { name: string }) => name === 'API_TOKEN');
    await openForm(`secrets/${id}/edit`);
    const types = page.getByRole('group', { name: 'Event types' });
    await types.getByLabel('Only these').check();
    await page.getByText('None: no event gets it.').waitFor();
    await types.getByRole('combobox', { name: 'Add event type' }).click();
    await page.getByRole('option', { name: 'hello.received' }).click();
    await types.getByRole('button', { name: 'Take hello.received away' }).waitFor();
    await page.getByText('Changed: Event types').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await save('Save');
    await heading('API_TOKEN').waitFor();
    await link('hello.received').waitFor();
    const saved = await api('GET', `/secrets/${id}`);
    expect(saved.grants.eventTypeIds).toHaveLength(1);
    expect(saved.grants.sinkTypeIds).toBeNull();
  });

  test('that somebody else changed meanwhile is saved over only when that is meant, with its value sealed anew', async () => {
    const made = await api('POST', '/secrets', { name: 'SHARED' });
    await openForm(`secrets/${made.id}/edit`);
    await value().fill(second);
    const { labels, expiresAt, grants, version } = made;
    await api('PUT', `/secrets/${made.id}`, { version, labels, expiresAt, grants, description: 'Theirs' });
    await save('Save');
    await page.getByRole('heading', { name: 'What they changed' }).waitFor();
    expect(await value().inputValue()).toBe(second);
    await button(/^Save mine over version/).click();
    await page.getByText('SHARED is sealed: version 1').waitFor();
    expectOnly(409);
  });

  test('that was sealed to a key of before is sealed to the new one without anybody noticing', async () => {
    await openForm('secrets/new');
    await field('Key').fill('STALE');
    await value().fill(second);
    const stale = newId('tenantKey');
    // The first one that is sent names another key, as if it had been replaced while the form was open.
    await page.route(
      '**/secrets/new.data*',
      (route) => {
        const sent = route.request().postData() ?? '';
        return route.continue({ postData: sent.replace(/tky_[0-9a-z]+/, stale) });
      },
      { times: 1 },
    );
    await save('Save secret');
    await page.getByText('STALE is sealed: version 1').waitFor();
    expectOnly(409);
  });
});

test('an event runs with a value that was sealed in the browser, and shows the secret by key and version alone', async () => {
  const { secrets } = await api('GET', '/secrets');
  const { id } = secrets.find(({ name }: { name: string }) => name === 'DEMO_SIGNING_KEY');
  await openForm(`secrets/${id}/edit`);
  await value().fill(second);
  await save('Save');
  await page.getByText('DEMO_SIGNING_KEY is sealed: version 2').waitFor();
  await button('Check on sink').click();
  await dialog().getByRole('button', { name: 'Check' }).click();
  await dialog()
    .getByText(`The sink opened the very value that is in use: ${second.length} bytes, fingerprint`)
    .waitFor({ timeout: 40_000 });
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Close' }).last().click();

  const payload = '{"amount":7}';
  const fired = await api('POST', '/events', { type: 'hello.sign', payloadJson: payload });
  await open(`events/${fired.id}?tab=parameters`);
  await page.getByText('v2, value not shown').waitFor({ timeout: 60_000 });
  await expect.poll(async () => (await api('GET', `/events/${fired.id}`)).state, { timeout: 60_000 }).toBe('SUCCESS');
  const { result } = await api('GET', `/events/${fired.id}`);
  const signature = createHmac('sha256', second).update(payload).digest('hex');
  expect(JSON.stringify(result)).toContain(signature);
  const lastUsed = async () => (await api('GET', `/secrets/${id}`)).lastUsed?.eventId;
  await expect.poll(lastUsed, { timeout: 60_000 }).toBe(fired.id);
  await open(`secrets/${id}`);
  await link('its event').waitFor();
  const uses = page.getByRole('table', { name: 'Events and checks that were given this secret' });
  await uses.getByRole('link', { name: 'hello.sign' }).first().waitFor();
  await uses.getByRole('link', { name: 'a check on the sink' }).waitFor();
  await open('secrets?sort=lastUsed');
  await expect.poll(() => page.getByRole('row').nth(1).textContent()).toContain('DEMO_SIGNING_KEY');
});

describe('the list of secrets', () => {
  test('shows names that parameters refer to in vain, and the way to set them', async () => {
    const parameters = [
      { key: 'token', kind: 'SECRET', value: 'SHOP_TOKEN' },
      { key: 'api', kind: 'SECRET', value: 'API_TOKEN' },
    ];
    await api('POST', '/actions', { name: 'shop', module: 'hello.greet', parameters });
    await open('secrets');
    const row = page.getByRole('row', { name: /SHOP_TOKEN/ });
    await row.getByText('referenced but missing').waitFor();
    await row.getByText('named by shop').waitFor();
    expect(await pageFaults(page)).toEqual([]);
    await page.getByRole('combobox', { name: 'State' }).selectOption('missing');
    await page.waitForURL(/state=missing/);
    await expect.poll(() => page.getByRole('row', { name: /API_TOKEN/ }).count()).toBe(0);
    await link('Set value of SHOP_TOKEN').click();
    await heading('New secret').waitFor();
    expect(await field('Key').inputValue()).toBe('SHOP_TOKEN');
  });

  test('is narrowed by key in the address', async () => {
    await open('secrets?search=DEPLOY');
    await link('DEPLOY_KEY').waitFor();
    expect(await page.getByRole('row', { name: /API_TOKEN/ }).count()).toBe(0);
    await open('secrets?search=nothing-like-it');
    await page.getByRole('heading', { name: 'No secret is like that' }).waitFor();
  });

  test('is gone to by g and r', async () => {
    await open('actions');
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await heading('Secrets').waitFor();
  });
});

test('a parameter picks a secret, or makes one in place without losing what the form holds', async () => {
  await open('actions/new');
  await field('Name').fill('pick');
  await field('Module').fill('hello.greet');
  await button('Add a parameter').click();
  await page.getByLabel('Key of parameter 1').fill('token');
  await page.getByLabel('Where the value of parameter 1 comes from').selectOption('SECRET');
  await page.getByRole('combobox', { name: 'Name of the secret of parameter 1' }).waitFor();
  await button('New secret').click();
  await expect.poll(() => dialog().getByRole('button', { name: 'Save secret' }).isEnabled()).toBe(true);
  await dialog().getByRole('textbox', { name: 'Key' }).fill('API_TOKEN');
  await dialog().getByRole('textbox', { name: 'Value' }).fill(second);
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Save secret' }).click();
  await dialog().getByText('another one has this name already').waitFor();
  await dialog().getByRole('textbox', { name: 'Key' }).fill('MADE_HERE');
  await dialog().getByRole('button', { name: 'Save secret' }).click();
  const picked = page.getByRole('combobox', { name: 'Name of the secret of parameter 1' });
  await expect.poll(() => picked.inputValue()).toBe('MADE_HERE');
  await save('Make action');
  await heading('pick').waitFor();
  const { actions } = await api('GET', '/actions');
  const made = actions.find(({ name }: { name: string }) => name === 'pick');
  expect(made.parameters).toEqual([{ key: 'token', kind: 'SECRET', value: 'MADE_HERE' }]);
  expectOnly(409);
});

test('a secret in use is deleted only by its name', async () => {
  await open('secrets');
  await link('API_TOKEN').click();
  await button('Delete').click();
  await dialog().getByRole('link', { name: 'shop' }).waitFor();
  const gone = dialog().getByRole('button', { name: 'Delete' });
  expect(await gone.isDisabled()).toBe(true);
  await dialog().getByRole('textbox').fill('API_TOKEN');
  await expect.poll(() => gone.isEnabled()).toBe(true);
  await gone.click();
  await page.getByText('Secret deleted').waitFor();
  await page
    .getByRole('row', { name: /API_TOKEN/ })
    .getByText('referenced but missing')
    .waitFor();
});

test('no value that was typed is in any request or answer, in what the browser keeps, or in a page', async () => {
  for (const path of ['secrets', 'audit', 'actions', 'events']) {
    await open(path);
    expect(leaks(await page.content())).toEqual([]);
  }
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]));
  expect(leaks(kept)).toEqual([]);
  const { sent, answers } = await traffic.all();
  // Boxes did go out, and pages did come in.
  expect(sent.filter((body) => body.includes('value.box')).length).toBeGreaterThan(5);
  expect(answers.length).toBeGreaterThan(50);
  expect(leaks([...sent, ...answers].join('\n'))).toEqual([]);
});

test('no file of the product tells a value: not of the database, of Redis, of hub, edge and sink, not their logs', async () => {
  const { telling, looked } = await filesTelling(it.product.stateDir, [first, second]);
  expect(telling).toEqual([]);
  expect(looked).toBeGreaterThan(50);
});
