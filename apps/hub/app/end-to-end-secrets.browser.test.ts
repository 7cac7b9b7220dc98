import { pageFaults } from '@nexomatic/testkit/browser';
import { afterAll, afterEach, expect, test } from 'vitest';
import { filesTelling } from './testing/files-telling.ts';
import { joinSinks } from './testing/join-sinks.ts';
import { openProductPage } from './testing/product-page.ts';
import { leaksOf, recordTraffic } from './testing/record-traffic.ts';

/** Secrets that are end-to-end as a person keeps them: sealed in the browser to sinks, which are compared by fingerprint. */
const it = await openProductPage();
const { page, open, api, heading, button, link, field, pick, dialog, expectOnly } = it;
const traffic = recordTraffic(page);
const agents = joinSinks(it);
afterAll(async () => {
  await agents.stop();
  await it.close();
}, 60_000);
afterEach(() => expectOnly());

const value = () => page.getByRole('textbox', { name: 'Value' });
const first = `nx-sealed-${crypto.randomUUID()}`;
const second = `nx-sealed-anew-${crypto.randomUUID()}`;
const sinks = { one: '', other: '' };
const fingerprintOf = async (id: string): Promise<string> => (await api('GET', `/sinks/${id}`)).sealKey.fingerprint;
const secretId = async (): Promise<string> => (await api('GET', '/secrets?search=VAULT_KEY')).secrets[0].id;
const row = (name: string) =>
  page.getByRole('list', { name: 'Sinks that can open it' }).getByRole('listitem').filter({ hasText: name });

test('one is made by picking the sinks that can open it, each with the fingerprint of its key', async () => {
  sinks.one = await agents.join('vault-one');
  sinks.other = await agents.join('vault-two');
  agents.start('vault-one');
  await open('secrets/new');
  await expect.poll(() => value().isEnabled()).toBe(true);
  await field('Key').fill('VAULT_KEY');
  await page.getByRole('radio', { name: /^End-to-end/ }).check();
  await value().fill(first);
  await button('Save secret').click();
  await page.getByText('Pick at least one sink').waitFor();
  await page.getByText('Not to be picked, as they have no keys that last').waitFor();
  await pick('Add sink', 'vault-one');
  await page.getByText(await fingerprintOf(sinks.one)).waitFor();
  expect(await pageFaults(page)).toEqual([]);
  await button('Save secret').click();
  await heading('VAULT_KEY').waitFor();
  await row('vault-one').getByText('has it').waitFor();
  await row('vault-one').getByText('the last one').waitFor();
  await page.getByText(await fingerprintOf(sinks.one)).waitFor();
  expect(await pageFaults(page)).toEqual([]);
});

test('another sink is approved by comparing its fingerprint, and gets the value from the one that has it', async () => {
  await open(`secrets/${await secretId()}`);
  await button('Grant another sink').click();
  await dialog()
    .getByText(await fingerprintOf(sinks.other))
    .waitFor();
  const approve = dialog().getByRole('button', { name: 'Approve this key' });
  expect(await approve.isDisabled()).toBe(true);
  await dialog().getByRole('checkbox', { name: 'The machine shows the same fingerprint' }).check();
  expect(await pageFaults(page)).toEqual([]);
  await approve.click();
  await row('vault-two').getByText('Approved by').waitFor();
  await row('vault-two').getByText('has it').waitFor({ timeout: 60_000 });
  expect(await row('vault-one').getByText('the last one').count()).toBe(0);
});

test('a fingerprint that is not that of the key is not believed: the browser makes its own from the key', async () => {
  const id = await secretId();
  const real = await fingerprintOf(sinks.one);
  const untrue = real.replaceAll(/[0-9a-f]{4}/g, 'beef');
  const address = `${it.home}/secrets/${id}`;
  await page.route(address, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replaceAll(real, untrue) });
  });
  await open(`secrets/${id}`);
  await row('vault-one').getByText(`another fingerprint for this key: ${untrue}`).waitFor();
  await row('vault-one').getByText(real, { exact: true }).waitFor();
  expect(await row('vault-two').getByText('another fingerprint').count()).toBe(0);
  expect(await pageFaults(page)).toEqual([]);
  await page.unroute(address);
  await open(`secrets/${id}`);
});

test('it is tried on a sink that has it, and on no other', async () => {
  await button('Check on sink').click();
  expect(await dialog().getByRole('option').allTextContents()).toEqual(['vault-one', 'vault-two (not online)']);
  await dialog().getByRole('button', { name: 'Check' }).click();
  await dialog().getByText(`The hub can not compare the value: ${first.length} bytes`).waitFor({ timeout: 40_000 });
  await dialog().getByRole('button', { name: 'Close' }).last().click();
});

test('a new value is sealed to the sinks that are granted it, and there is no way back', async () => {
  await link('Replace or edit').click();
  await expect.poll(() => value().isEnabled()).toBe(true);
  const sealedTo = page.getByRole('list', { name: 'Sinks that it will be sealed to' });
  expect(await sealedTo.getByRole('listitem').count()).toBe(2);
  expect(await pageFaults(page)).toEqual([]);
  await value().fill(second);
  await button(/^Save$/).click();
  await page.getByText('VAULT_KEY is sealed: version 2').waitFor();
  expect(await button(/Roll back/).count()).toBe(0);
});

test('a value is not sealed to sinks that were granted it meanwhile before somebody has looked at their keys', async () => {
  const id = await secretId();
  await button('Take away from vault-two').click();
  await dialog().getByText('What its modules have read before they may have kept').waitFor();
  await dialog().getByRole('button', { name: 'Take away' }).click();
  await row('vault-two').waitFor({ state: 'detached' });
  await link('Replace or edit').click();
  await expect.poll(() => value().isEnabled()).toBe(true);
  await api('POST', `/secrets/${id}/sinks`, { sinkId: sinks.other, fingerprint: await fingerprintOf(sinks.other) });
  await value().fill(second);
  await button(/^Save$/).click();
  await page.getByText('These are not the sinks and keys that the value was sealed to').waitFor();
  expect(await value().inputValue()).toBe(second);
  await button(/^Save$/).click();
  await page.getByText('VAULT_KEY is sealed: version 3').waitFor();
  expectOnly(409);
});

test('the last sink that has it is taken away only by the name of the secret, and revoked only by its own', async () => {
  await open(`secrets/${await secretId()}`);
  await button('Take away from vault-two').click();
  await dialog().getByRole('button', { name: 'Take away' }).click();
  await row('vault-one').getByText('the last one').waitFor();
  await button('Take away from vault-one').click();
  await dialog().getByText('the value is lost: nobody can open it any more').waitFor();
  expect(await dialog().getByRole('button', { name: 'Take away and lose the value' }).isDisabled()).toBe(true);
  expect(await pageFaults(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Cancel' }).click();

  await open(`sinks/${sinks.one}`);
  await page.getByText(await fingerprintOf(sinks.one)).waitFor();
  await button('Revoke').click();
  await dialog().getByRole('link', { name: 'VAULT_KEY' }).waitFor();
  const revoke = dialog().getByRole('button', { name: 'Revoke and lose values' });
  expect(await revoke.isDisabled()).toBe(true);
  expect(await pageFaults(page)).toEqual([]);
  await dialog().getByRole('textbox').fill('vault-one');
  await revoke.click();
  await page.getByText('Sink revoked').waitFor();
});

test('a secret whose value was lost says so, and how to set it again', async () => {
  await open('secrets?kind=end-to-end');
  await expect.poll(() => page.getByRole('row').count()).toBe(2);
  const listed = page.getByRole('row', { name: /VAULT_KEY/ });
  await listed.getByText('end-to-end').waitFor();
  await listed.getByText('lost').waitFor();
  expect(await pageFaults(page)).toEqual([]);
  await open('secrets?kind=hub');
  await link('DEMO_SIGNING_KEY').waitFor();
  expect(await page.getByRole('row', { name: /VAULT_KEY/ }).count()).toBe(0);

  await open(`secrets/${await secretId()}`);
  await page.getByText('No sink has its value any more').waitFor();
  await page.getByText('None: nobody can open it.').waitFor();
  expect(await pageFaults(page)).toEqual([]);
  await link('Set value').click();
  await page.getByText('No sink is granted it by a key that it still has').waitFor();
  expect(await pageFaults(page)).toEqual([]);
});

test('no value was in any request or answer, and none is in a file of the product or of its agents', async () => {
  const { sent, answers } = await traffic.all();
  expect(sent.filter((body) => body.includes('sealed.boxes')).length).toBeGreaterThan(2);
  expect(leaksOf([...sent, ...answers].join('\n'), [first, second])).toEqual([]);
  expect((await filesTelling(it.product.stateDir, [first, second])).telling).toEqual([]);
});
