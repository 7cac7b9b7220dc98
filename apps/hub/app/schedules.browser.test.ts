import { systemClock } from '@nexomatic/clock';
import { accessibilityFaults, pageFaults } from '@nexomatic/testkit/browser';
import { missRuns } from '@nexomatic/testkit/miss-runs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openProductPage } from './testing/product-page.ts';

let on: Awaited<ReturnType<typeof openProductPage>>;
beforeAll(async () => {
  on = await openProductPage({ timezoneId: 'America/New_York' });
}, 300_000);
afterAll(() => on?.close(), 60_000);

/** Something under way may wait for a sink on a machine that has other things to do. */
const patience = { timeout: 60_000 };

const eventTypeId = async (): Promise<string> => {
  const { eventTypes } = await on.api('GET', '/event-types?search=hello.received');
  return eventTypes[0].id;
};
const make = async (given: object): Promise<string> =>
  (await on.api('POST', '/schedules', { eventTypeId: await eventTypeId(), ...given })).id;
const box = (name: string) => on.page.getByRole('textbox', { name, exact: true });
const text = () => on.page.getByRole('textbox', { name: 'as one text' });
const nextRuns = () => on.page.getByRole('region', { name: 'Next runs' });

test('a schedule is written in boxes or as text, its runs are seen before it is made, and it is switched on and off', async () => {
  const { page, open, field, pick, button, heading, expectOnly } = on;
  await open('schedules/new?preset=nightly');
  expect(await text().inputValue()).toBe('0 2 * * *');
  await pick('Fires', 'hello.received');
  await pick('Time zone', 'Europe/Berlin');

  await text().fill('30 9 * * 1-5');
  await expect.poll(() => box('Hour').inputValue()).toBe('9');
  await box('Minute').fill('45');
  expect(await text().inputValue()).toBe('45 9 * * 1-5');
  await nextRuns().getByText('At 09:45, Monday through Friday').waitFor(patience);
  await expect.poll(() => nextRuns().getByRole('row').count(), patience).toBe(11);
  expect(await nextRuns().getByRole('columnheader').allTextContents()).toEqual([
    'Run',
    'Europe/Berlin the schedule’s',
    'America/New_York yours',
    'UTC',
  ]);

  await box('Hour').fill('25');
  await page.getByText('hour: "25" is not within 0 to 23').waitFor(patience);
  expect(await box('Hour').getAttribute('aria-invalid')).toBe('true');
  await text().fill('45 9 13 * FRI');
  await page.getByText('Both day fields are set').waitFor();
  await nextRuns().getByText('At 09:45, on day 13 of the month or on Friday').waitFor(patience);
  expect(await pageFaults(page)).toEqual([]);
  await button('Every hour').click();
  expect(await text().inputValue()).toBe('0 * * * *');

  await page.getByRole('switch', { name: 'Switched on' }).uncheck();
  await field('Name').fill('hourly-greeting');
  await button('Make schedule').click();
  await heading('hourly-greeting').waitFor(patience);
  await page.getByText('It is switched off.').waitFor();
  const onOff = page.getByRole('switch', { name: 'Run hourly-greeting' });
  await onOff.click();
  await nextRuns().getByRole('row').nth(1).waitFor(patience);
  await expect.poll(() => onOff.isChecked(), patience).toBe(true);
  await open('schedules');
  await page.getByRole('row', { name: /hourly-greeting Every hour Europe\/Berlin hello\.received in/ }).waitFor();
  await page.getByRole('switch', { name: 'Run hourly-greeting' }).click();
  await page.getByText('hourly-greeting is switched off').waitFor(patience);
  expectOnly();
});

test('a run by hand leads to its event, which leads back, and stands in the history', async () => {
  const { page, open, button, link, heading, pill, expectOnly } = on;
  const id = await make({ name: 'by-hand', cron: '0 3 * * *', enabled: true, payload: '{"name":"Ada"}' });
  await open(`schedules/${id}`);
  await button('Run now').click();
  await page.waitForURL(/\/events\/evt_/, patience);
  await pill('SUCCESS').waitFor(patience);
  await link('by-hand').click();
  await heading('by-hand').waitFor();
  await page.getByText('1 success').waitFor(patience);
  await link('All runs').click();
  await page.getByRole('cell', { name: /^Fired by hand/ }).waitFor();
  expect(await pageFaults(page)).toEqual([]);
  expectOnly();
});

test('one that runs once fires by itself while its page is open, and has ended then', async () => {
  const { page, open, expectOnly } = on;
  const at = new Date(systemClock.now() + 4_000).toISOString();
  const id = await make({ name: 'one-shot', kind: 'at', at, enabled: true, payload: '{"name":"Ada"}' });
  await open(`schedules/${id}`);
  await page.getByText('1 success').waitFor(patience);
  await page.getByText('ended', { exact: true }).waitFor(patience);
  await page.getByText('It has ended: no run is to come.').waitFor();
  expectOnly();
});

test('a pause has a note and an end, and the next run can be skipped and be taken back', async () => {
  const { page, open, button, dialog, expectOnly } = on;
  const id = await make({ name: 'pausable', cron: '0 4 * * *', enabled: true });
  await open(`schedules/${id}`);
  await button('Pause…').click();
  await dialog().getByRole('textbox', { name: /^Note/ }).fill('database move');
  await dialog().getByRole('combobox', { name: 'How long' }).selectOption('For an hour');
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByText(/Paused by .*: database move\. Runs that are due/).waitFor(patience);
  await page.getByText('It goes on by itself in 59 m').or(page.getByText('It goes on by itself in 1 h')).waitFor();
  expect(await pageFaults(page)).toEqual([]);

  await button('Resume').click();
  await button('Skip the next run').click();
  await page.getByText(/is to be skipped\./).waitFor(patience);
  await button('Run it after all').click();
  await page.getByText(/is to be skipped\./).waitFor({ state: 'detached', ...patience });
  expectOnly();
});

const hourMs = 3_600_000;
/** A schedule of each hour whose last hours no hub was there for, on its page that was open meanwhile; gives how many are held. */
async function openHeld(name: string): Promise<{ id: string; runs: number }> {
  const id = await make({
    name,
    cron: '0 * * * *',
    timeZone: 'UTC',
    missed: 'all',
    enabled: true,
    payload: '{"name":"Ada"}',
  });
  await on.open(`schedules/${id}`);
  await missRuns(on.product, id, new Date((Math.floor(systemClock.now() / hourMs) - 2) * hourMs));
  await on.page.getByRole('heading', { name: /runs were missed and are held$/ }).waitFor(patience);
  return { id, runs: (await on.api('GET', `/schedules/${id}`)).heldCount };
}

test('missed runs are told on the open page, and each fires once somebody releases as many as were shown', async () => {
  const { page, button, dialog, expectOnly } = on;
  const { id, runs } = await openHeld('released');
  expect(await pageFaults(page)).toEqual([]);
  await button(`Release ${runs} runs…`).click();
  await dialog()
    .getByRole('heading', { name: `Fire ${runs} runs?` })
    .waitFor();
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Fire', exact: true }).click();
  await page.getByText(`${runs} success`).waitFor(patience);
  await page.getByText('are held').waitFor({ state: 'detached', ...patience });
  const { occurrences } = await on.api('GET', `/schedules/${id}/occurrences?status=fired`);
  expect(occurrences.filter(({ origin }: { origin: string }) => origin === 'held')).toHaveLength(runs);
  expectOnly();
});

test('missed runs that somebody discards fire nothing, and stand in the history as discarded', async () => {
  const { page, open, button, dialog, expectOnly } = on;
  const { id, runs } = await openHeld('discarded');
  await button('Discard…').click();
  await dialog().getByRole('button', { name: 'Discard', exact: true }).click();
  await page.getByText('are held').waitFor({ state: 'detached', ...patience });
  await open(`schedules/${id}/runs?status=skipped`);
  await expect
    .poll(() => page.getByRole('cell', { name: /discarded/i }).count(), patience)
    .toBeGreaterThanOrEqual(runs);
  expectOnly();
});

test('the runs of a past window are counted before they fire, and fire once', async () => {
  const { page, open, button, dialog, expectOnly } = on;
  const id = await make({ name: 'backfilled', cron: '0 * * * *', timeZone: 'UTC', payload: '{"name":"Ada"}' });
  await open(`schedules/${id}/backfill?from=2026-11-01T00:00&to=2026-11-01T03:00`);
  await button('Fire 3 runs…').click();
  await dialog().getByRole('button', { name: 'Fire', exact: true }).click();
  await expect.poll(() => page.getByRole('cell', { name: /^Fired by a backfill/ }).count(), patience).toBe(3);
  expect(await pageFaults(page)).toEqual([]);
  await open(`schedules/${id}/backfill?from=2026-11-01T00:00&to=2026-11-01T03:00`);
  await page.getByText('All of its 3 runs have fired.').waitFor();
  expectOnly();
});

test('a window in which runs are skipped is made, shown as open, changed and deleted', async () => {
  const { page, open, field, button, dialog, link, heading, expectOnly } = on;
  await open('schedules/blackouts');
  await page.getByRole('main').getByRole('link', { name: 'New window' }).first().click();
  await heading('New blackout window').waitFor();
  await field('Name').fill('Always');
  await page.getByRole('radio', { name: /^Every week/ }).check();
  await button('Make window').click();
  await page.getByText('Choose a day.').waitFor(patience);
  for (const day of ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'])
    await page.getByRole('checkbox', { name: day }).check();
  await page.getByLabel('From', { exact: true }).fill('00:00');
  await page.getByLabel('Until', { exact: true }).fill('00:00');
  await button('Make window').click();
  await page.getByRole('row', { name: /Always Every day, 00:00 to 00:00 the next day/ }).waitFor(patience);
  await page.getByText('runs are skipped').waitFor();
  const made = `schedules/${await make({ name: 'held-back', cron: '0 3 * * *', enabled: true })}`;
  for (const preview of ['schedules/new?preset=nightly', made, `${made}/edit`]) {
    await open(preview);
    await expect.poll(() => nextRuns().getByText('blackout window “Always”').count(), patience).toBe(10);
  }
  expect(await pageFaults(page)).toEqual([]);
  await open('schedules/blackouts');
  await link('Always').click();
  await field('Name').fill('Night and day');
  await button('Save').click();
  await link('Night and day').click();
  await button('Delete').click();
  await dialog().getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('heading', { name: 'No blackout windows' }).waitFor(patience);
  // The window without a day.
  expectOnly(422);
});
