import type { Clock } from '@nexomatic/clock';
import type { AskHub } from './ask-hub.ts';
import type { OpenBox } from './open-box.ts';
import { createSettingsMemory, type Remembered } from './settings-memory.ts';
import type { FoundSettings, SourceSettingsProvider } from './source-settings.ts';
import type { StoredSettings } from './stored-settings.ts';
import { within } from './within.ts';

/** Settings this old are asked for anew, behind the request that found them old. */
const freshMs = 60_000;
/** And are believed so long while the hub is away. */
const staleMs = 24 * 3_600_000;
/** An address that nobody has is asked for again after this. */
const absentMs = 2_000;
/** One source's settings are confirmed no more often than this. */
const confirmMs = 1_000;
/** The hub is waited for so long before the stored copy is looked at. */
const patienceMs = 500;
/** A stored copy is written anew, to note that it still holds, no more often than this. */
const storeAgainMs = 3_600_000;

interface Deps {
  ask: AskHub;
  open: OpenBox;
  stored: StoredSettings;
  /** Whether the hub is known not to answer: then it is not asked. */
  hubAway(): boolean;
  /** Goes on with work after the answer to the request at hand; it never rejects. */
  background(work: Promise<unknown>): void;
  clock: Clock;
}

/**
 * The edge's settings of sources: from memory, from the hub, and while that is away from the sealed copy in the source's
 * own storage. What is old is used and asked for anew behind it, because the hub compares versions with each request that
 * is handed on. In workerd a promise belongs to the request that made it, so no two requests wait for one call.
 */
export function createCachedSettings(deps: Deps): SourceSettingsProvider {
  const { clock, stored } = deps;
  const memory = createSettingsMemory();
  let lastFailure = 'it does not answer';

  /** What the hub says; null when it says nothing. */
  async function ask(hash: string): Promise<Remembered | null> {
    if (deps.hubAway()) return null;
    const known = memory.get(hash);
    if (known) known.askedAt = clock.now();
    try {
      const answer = await deps.ask(hash, known?.found.outcome === 'settings' ? known.found.version : '');
      return await take(hash, known, answer);
    } catch (error) {
      // Away, or not to be understood: to whoever asks it is the same.
      lastFailure = error instanceof Error ? error.message : String(error);
      return null;
    }
  }

  async function take(
    hash: string,
    known: Remembered | undefined,
    answer: Awaited<ReturnType<AskHub>>,
  ): Promise<Remembered | null> {
    const now = clock.now();
    if (answer.outcome === 'absent') {
      // Nothing is stored for an address that was never one: guesses leave no trace.
      if (known?.found.outcome === 'settings') deps.background(quietly(stored.write(hash, null)));
      const found = known?.found.outcome === 'absent' ? known.found : ({ outcome: 'absent' } as const);
      return memory.keep(hash, { found, box: null, confirmedAt: now, askedAt: now, storedAt: now, outdated: false });
    }
    if (answer.outcome === 'unchanged') {
      if (known?.found.outcome !== 'settings') return null;
      Object.assign(known, { confirmedAt: now, outdated: false });
      store(hash, known);
      return known;
    }
    const settings = await deps.open(hash, answer.box);
    if (!settings) return null;
    const found: FoundSettings = { outcome: 'settings', version: answer.version, settings };
    const kept = { found, box: answer.box, confirmedAt: now, askedAt: now, storedAt: 0, outdated: false };
    store(hash, memory.keep(hash, kept));
    return kept;
  }

  function store(hash: string, entry: Remembered): void {
    const { found, box, confirmedAt } = entry;
    if (found.outcome !== 'settings' || box === null || confirmedAt - entry.storedAt < storeAgainMs) return;
    entry.storedAt = confirmedAt;
    deps.background(quietly(stored.write(hash, { version: found.version, box, confirmedAt })));
  }

  async function openStored(hash: string): Promise<Remembered | null> {
    const sealed = await stored.read(hash).catch(() => null);
    if (!sealed || clock.now() - sealed.confirmedAt >= staleMs) return null;
    const settings = await deps.open(hash, sealed.box);
    if (!settings) return null;
    const { version, box, confirmedAt } = sealed;
    const found: FoundSettings = { outcome: 'settings', version, settings };
    return memory.keep(hash, { found, box, confirmedAt, askedAt: 0, storedAt: confirmedAt, outdated: false });
  }

  async function findAnew(hash: string): Promise<FoundSettings> {
    const asking = ask(hash);
    const soon = await within(asking, patienceMs);
    if (soon) return soon.found;
    const copy = await openStored(hash);
    if (!copy)
      return (await asking)?.found ?? { outcome: 'unknown', cause: `no settings from the hub: ${lastFailure}` };
    deps.background(asking);
    return copy.found;
  }

  return {
    async find(hash) {
      const entry = memory.get(hash);
      const age = entry ? clock.now() - entry.confirmedAt : Number.POSITIVE_INFINITY;
      const limit = entry?.found.outcome === 'absent' ? absentMs : staleMs;
      if (!entry || age >= limit) return findAnew(hash);
      if (entry.outdated) return (await ask(hash))?.found ?? entry.found;
      if (age >= freshMs && clock.now() - entry.askedAt >= confirmMs) deps.background(ask(hash));
      return entry.found;
    },
    async confirm(hash, known) {
      const entry = memory.get(hash);
      if (!entry || known.outcome === 'unknown') return known;
      if (entry.found !== known) return entry.found;
      const now = clock.now();
      if (now - entry.confirmedAt < confirmMs || now - entry.askedAt < confirmMs) return known;
      return (await ask(hash))?.found ?? known;
    },
    outdated(hash) {
      const entry = memory.get(hash);
      if (entry) entry.outdated = true;
    },
  };
}

/** What is done behind a request may fail without anybody being told: it is tried again by a later one. */
const quietly = (work: Promise<unknown>): Promise<unknown> => work.catch(() => undefined);
