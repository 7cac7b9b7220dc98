import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import { type ClaimedAttempt, findClaimed, findSealedValues, type ReleaseRef } from '@nexomatic/db/ledger/secrets';
import type { SqlRunner } from '@nexomatic/db/sql';
import type { TenantKeys } from '../keyring/tenant-keys.ts';
import { readStoredParameters, secretUses } from './secret-uses.ts';

/** Attempts that are remembered, the one asked for longest ago going first; most of them have no secrets. */
const maxRemembered = 20_000;
/** Attempts whose values are remembered, at most: 48 KiB a value is the exception. */
const maxOpened = 500;
/** An attempt that nobody asked about for this long is most likely over. */
const keptMs = 10 * 60_000;

/** The values that attempts may have been given, for whoever masks what comes from them. On every hub, whichever released them. */
export interface ReleasedValues {
  /**
   * Of each attempt, by `keyOf`. An attempt without secrets has an empty list; of one that is remembered it is the same list each
   * time. A value that was set anew and swept since is not among them.
   */
  of(tenantId: Id<'tenant'>, attempts: ReleaseRef[]): Promise<Map<string, readonly Uint8Array[]>>;
  /** These attempts have no secrets: nobody needs to look. */
  noneFor(attempts: ReleaseRef[]): void;
  /** These attempts are over. */
  forget(attempts: ReleaseRef[]): void;
}

export const keyOf = ({ eventId, attempt }: ReleaseRef): string => `${eventId} ${attempt}`;

interface Deps {
  sql: SqlRunner;
  tenantKeys: Pick<TenantKeys, 'openValue'>;
}

const none: readonly Uint8Array[] = [];

export function createReleasedValues(deps: Deps & { clock: Clock }): ReleasedValues {
  const { sql, clock } = deps;
  const without = recent<typeof none>(clock, maxRemembered);
  const opened = recent<readonly Uint8Array[]>(clock, maxOpened);

  function keep(key: string, values: readonly Uint8Array[]): void {
    if (values.length > 0) opened.keep(key, values);
    else without.keep(key, none);
  }

  async function look(tenantId: Id<'tenant'>, refs: ReleaseRef[]): Promise<Map<string, readonly Uint8Array[]>> {
    const asked = new Set(refs.map(keyOf));
    const eventIds = [...new Set(refs.map(({ eventId }) => eventId))];
    const claimed = (await findClaimed(sql, tenantId, eventIds)).filter((one) => asked.has(keyOf(one)));
    const values = await openAll(deps, tenantId, claimed);
    for (const one of claimed) keep(keyOf(one), values.get(keyOf(one)) ?? none);
    return values;
  }

  return {
    async of(tenantId, attempts) {
      const known = new Map(attempts.map((ref) => [keyOf(ref), opened.get(keyOf(ref)) ?? without.get(keyOf(ref))]));
      const unknown = attempts.filter((ref) => !known.get(keyOf(ref)));
      const looked = unknown.length > 0 ? await look(tenantId, unknown) : new Map<string, readonly Uint8Array[]>();
      return new Map([...known].map(([key, values]) => [key, values ?? looked.get(key) ?? none]));
    },
    noneFor(attempts) {
      for (const ref of attempts) without.keep(keyOf(ref), none);
    },
    forget(attempts) {
      for (const ref of attempts) {
        opened.drop(keyOf(ref));
        without.drop(keyOf(ref));
      }
    },
  };
}

/** By `keyOf`; attempts without secrets are left out. */
async function openAll(
  { sql, tenantKeys }: Deps,
  tenantId: Id<'tenant'>,
  claimed: ClaimedAttempt[],
): Promise<Map<string, readonly Uint8Array[]>> {
  const uses = claimed.flatMap((one) =>
    one.parameters ? [{ key: keyOf(one), wanted: secretUses(readStoredParameters(one.parameters)) }] : [],
  );
  const names = [...new Set(uses.flatMap(({ wanted }) => wanted.map(({ name }) => name)))];
  const sealed = await findSealedValues(sql, tenantId, names);
  const opened = new Map<string, readonly Uint8Array[]>();
  for (const { key, wanted } of uses) {
    const values: Uint8Array[] = [];
    for (const { name, version } of wanted) {
      const found = sealed.find((value) => value.name === name && value.version === version);
      const value = found && (await tenantKeys.openValue(tenantId, found, found));
      if (value) values.push(value);
    }
    opened.set(key, values);
  }
  return opened;
}

/** Remembers what was used last: at most so many, and none for longer than an attempt most likely lasts. */
function recent<T>(clock: Clock, most: number) {
  const entries = new Map<string, { value: T; usedAt: number }>();

  function keep(key: string, value: T): void {
    const now = clock.monotonic();
    entries.delete(key);
    entries.set(key, { value, usedAt: now });
    for (const [oldest, { usedAt }] of entries) {
      if (entries.size <= most && usedAt + keptMs > now) break;
      entries.delete(oldest);
    }
  }

  return {
    keep,
    drop: (key: string) => entries.delete(key),
    get(key: string): T | undefined {
      const entry = entries.get(key);
      if (entry) keep(key, entry.value);
      return entry?.value;
    },
  };
}
