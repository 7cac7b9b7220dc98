import { fakeClock } from '@nexomatic/clock';
import type { EdgeSettingsAnswer, EdgeSourceSettings } from '@nexomatic/contracts/edge-protocol';
import { defaultSourceSettings } from '@nexomatic/contracts/source-settings';
import { expect, test } from 'vitest';
import { createCachedSettings } from './cached-settings.ts';
import type { SealedSettings } from './stored-settings.ts';

const settings: EdgeSourceSettings = { ...defaultSourceSettings, secrets: [] };
const minute = 60_000;
const day = 24 * 60 * minute;

/** A hub that answers by a version, or not at all, and a storage that keeps what it is given. */
function open() {
  const clock = fakeClock();
  const hub = { version: 'v1' as string | null, away: false, asked: 0 };
  const stored = new Map<string, SealedSettings>();
  const behind: Promise<unknown>[] = [];
  const make = () =>
    createCachedSettings({
      async ask(_, known): Promise<EdgeSettingsAnswer> {
        hub.asked += 1;
        if (hub.away) throw new Error('connection refused');
        if (hub.version === null) return { outcome: 'absent' };
        return hub.version === known
          ? { outcome: 'unchanged' }
          : { outcome: 'settings', version: hub.version, box: `box of ${hub.version}` };
      },
      open: async (_, box) => (box.startsWith('box of ') ? settings : null),
      stored: {
        read: async (hash) => stored.get(hash) ?? null,
        async write(hash, sealed) {
          if (sealed) stored.set(hash, sealed);
          else stored.delete(hash);
        },
      },
      hubAway: () => false,
      background: (work) => behind.push(work),
      clock,
    });
  const settle = async () => {
    await Promise.all(behind.splice(0));
    await Promise.all(behind.splice(0));
  };
  return { clock, hub, stored, settle, make, provider: make() };
}

const versionOf = (found: object): unknown => ('version' in found ? found.version : found);

test('a source is asked for once, and then known from memory', async () => {
  const { hub, provider } = open();
  for (let n = 0; n < 10; n++) expect(versionOf(await provider.find('a'))).toBe('v1');
  expect(hub.asked).toBe(1);
});

test('settings that are a minute old are used, and asked for anew behind the request', async () => {
  const { clock, hub, provider, settle } = open();
  await provider.find('a');
  hub.version = 'v2';
  clock.advance(minute);
  expect(versionOf(await provider.find('a'))).toBe('v1');
  await settle();
  expect(versionOf(await provider.find('a'))).toBe('v2');
  expect(hub.asked).toBe(2);
});

test('before a refusal the hub is asked, once a second at most, and its word holds', async () => {
  const { clock, hub, provider } = open();
  const known = await provider.find('a');
  hub.version = 'v2';
  expect(await provider.confirm('a', known)).toBe(known);
  clock.advance(1_000);
  const fresh = await provider.confirm('a', known);
  expect(versionOf(fresh)).toBe('v2');
  for (let n = 0; n < 10; n++) expect(await provider.confirm('a', fresh)).toBe(fresh);
  expect(hub.asked).toBe(2);
  clock.advance(1_000);
  expect(await provider.confirm('a', fresh)).toBe(fresh);
});

test('what the hub called outdated is asked for before the next request is judged by it', async () => {
  const { hub, provider } = open();
  await provider.find('a');
  hub.version = 'v2';
  provider.outdated('a');
  expect(versionOf(await provider.find('a'))).toBe('v2');
});

test('while the hub is away its last word holds for a day, and not a moment longer', async () => {
  const { clock, hub, provider, settle } = open();
  await provider.find('a');
  hub.away = true;
  clock.advance(day - 1);
  expect(versionOf(await provider.find('a'))).toBe('v1');
  expect(versionOf(await provider.confirm('a', await provider.find('a')))).toBe('v1');
  await settle();
  clock.advance(1);
  expect(await provider.find('a')).toEqual({
    outcome: 'unknown',
    cause: 'no settings from the hub: connection refused',
  });
});

test('another isolate reads the sealed copy while the hub is away, for a day from when the hub confirmed it', async () => {
  const { clock, hub, stored, provider, make, settle } = open();
  await provider.find('a');
  await settle();
  expect(stored.get('a')).toEqual({ version: 'v1', box: 'box of v1', confirmedAt: clock.now() });
  hub.away = true;
  clock.advance(day - 1);
  expect(versionOf(await make().find('a'))).toBe('v1');
  clock.advance(1);
  expect(await make().find('a')).toMatchObject({ outcome: 'unknown' });
  expect(await make().find('b')).toMatchObject({ outcome: 'unknown' });
});

test('a copy that does not open is no settings', async () => {
  const { clock, hub, stored, make } = open();
  stored.set('a', { version: 'v1', box: 'forged', confirmedAt: clock.now() });
  hub.away = true;
  expect(await make().find('a')).toMatchObject({ outcome: 'unknown' });
});

test('a copy is written anew once an hour while it stays the same', async () => {
  const { clock, stored, provider, settle } = open();
  await provider.find('a');
  for (let minutes = 0; minutes < 61; minutes++) {
    clock.advance(minute);
    await provider.find('a');
    await settle();
  }
  expect(stored.get('a')?.confirmedAt).toBe(clock.now() - minute);
});

test('a source that is deleted is gone from the storage, and a guessed address leaves nothing there', async () => {
  const { clock, hub, stored, provider, settle } = open();
  const known = await provider.find('a');
  await settle();
  hub.version = null;
  clock.advance(1_000);
  expect(await provider.confirm('a', known)).toEqual({ outcome: 'absent' });
  expect(await provider.find('guess')).toEqual({ outcome: 'absent' });
  await settle();
  expect([...stored.keys()]).toEqual([]);
});

test('an address that nobody has is asked for again after two seconds', async () => {
  const { clock, hub, provider } = open();
  hub.version = null;
  await provider.find('a');
  clock.advance(1_999);
  await provider.find('a');
  expect(hub.asked).toBe(1);
  hub.version = 'v1';
  clock.advance(1);
  expect(versionOf(await provider.find('a'))).toBe('v1');
});
