import type { FoundRecord, Nexomatic } from '@nexomatic/client/nexomatic';
import { formatLogQuery, parseLogQuery } from '@nexomatic/contracts/log-query';
import { keepLooking } from '../hub/keep-looking.ts';
import { UsageError } from '../hub/usage-error.ts';

interface FollowedSearch {
  /** What is shown first: the newest that are there. */
  latest(): Promise<{ records: FoundRecord[] }>;
  print(record: FoundRecord): void;
}

/** How long after it was written a line may reach the hub and still be shown. */
const lookBack = '5m';
/** Lines of one look, and so of one second, at most; a terminal shows no more. */
const maxPages = 20;
const maxKnown = 20_000;

/**
 * Shows what is there, then every line once as it reaches the hub, until the command is interrupted. Lines come in no strict
 * order: of what was written within the last minutes, whatever has not been shown yet is new. A hub that is away is asked
 * again.
 */
export async function followSearch(hub: Nexomatic, query: string, { latest, print }: FollowedSearch): Promise<void> {
  const known = knownLines();
  const q = recentOf(query);
  // Before the first ones are read: whatever is written meanwhile is new to both.
  for (const record of await freshLines(hub, q, known)) known.add(record);
  for (const record of (await latest()).records) {
    known.add(record);
    print(record);
  }
  await keepLooking(async () => {
    for (const record of await freshLines(hub, q, known)) {
      known.add(record);
      print(record);
    }
  });
}

/** The query of what was written within the last minutes, whatever bounds it had. */
function recentOf(query: string): string {
  const parsed = parseLogQuery(query);
  // The hub says what is wrong with it.
  if (!parsed.ok) return query;
  const times = ['since', 'from', 'to'];
  if (parsed.query.terms.some(({ key }) => key === 'to'))
    throw new UsageError('what is followed has no end: leave to: out');
  const terms = parsed.query.terms.filter(({ key }) => !times.includes(key));
  return `${formatLogQuery({ terms })} since:${lookBack}`.trim();
}

/** Lines that are not known, in the order in which they were written; looks no further back than a page of known ones. */
async function freshLines(hub: Nexomatic, q: string, known: Known): Promise<FoundRecord[]> {
  const fresh: FoundRecord[] = [];
  let ofPage = 0;
  let looked = 0;
  for await (const record of hub.logs.search({ q, limit: perPage })) {
    if (!known.has(record)) {
      fresh.push(record);
      ofPage += 1;
    }
    looked += 1;
    if (looked % perPage > 0) continue;
    if (ofPage === 0 || looked === maxPages * perPage) break;
    ofPage = 0;
  }
  return fresh.reverse();
}

const perPage = 200;

type Known = ReturnType<typeof knownLines>;

/** Lines that were seen, the least recently seen ones forgotten beyond a number. */
function knownLines() {
  const keys = new Set<string>();
  const keyOf = ({ event, attempt, seq, line }: FoundRecord) => `${event} ${attempt} ${seq}.${line}`;
  const add = (record: FoundRecord): void => {
    const key = keyOf(record);
    keys.delete(key);
    keys.add(key);
    for (const oldest of keys) {
      if (keys.size <= maxKnown) break;
      keys.delete(oldest);
    }
  };
  return {
    add,
    has(record: FoundRecord): boolean {
      const isKnown = keys.has(keyOf(record));
      if (isKnown) add(record);
      return isKnown;
    },
  };
}
