import type { EventSummary, Nexomatic } from '@nexomatic/client/nexomatic';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { keepLooking } from '../hub/keep-looking.ts';
import { printJson, printJsonLine } from '../hub/print-json.ts';
import { printTable } from '../hub/print-table.ts';
import { boundsOf } from '../hub/time-bounds.ts';
import { stateText, tookText, whyText } from './event-text.ts';

interface ListOptions extends HubOptions {
  since?: string;
  until?: string;
  limit: number;
  watch?: boolean;
  json?: boolean;
  ndjson?: boolean;
}

const perPage = 200;

/** `nexomatic events [QUERY]`: the newest first; with `--watch` a line for each change of a state, as it comes. Gives the exit code. */
export const listEvents = (query: string, options: ListOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const wanted = boundsOf(query, options);
    if (options.watch) return watchEvents(hub, wanted, options);
    const { events, more } = await newest(hub, wanted, options.limit);
    if (options.json) return printJson({ events, more });
    if (options.ndjson) for (const event of events) printJsonLine(event);
    else printEvents(events);
    if (more)
      process.stderr.write(`these are the newest ${options.limit}; there are older ones, see --limit and --until\n`);
  });

type Wanted = ReturnType<typeof boundsOf>;

async function newest(hub: Nexomatic, wanted: Wanted, limit: number) {
  const events: EventSummary[] = [];
  let cursor: string | null = null;
  do {
    const input = { ...wanted, limit: Math.min(perPage, limit - events.length), ...(cursor ? { cursor } : {}) };
    const page: Awaited<ReturnType<typeof hub.events.list>> = await hub.events.list(input);
    events.push(...page.events);
    cursor = page.nextCursor;
    if (page.hint) process.stderr.write(`${page.hint}\n`);
  } while (cursor !== null && events.length < limit);
  return { events, more: cursor !== null };
}

function printEvents(events: EventSummary[]): void {
  printTable(
    ['CREATED', 'STATE', 'TYPE', 'ID', 'SINK', 'TOOK', 'WHY'],
    events.map((one) => [
      ...[one.createdAt, stateText(one.state), one.type, one.id, one.sink ?? '-', tookText(one), whyText(one)],
    ]),
  );
}

/** Of the newest events that meet the query, as many as a page holds, each change of a state. */
async function watchEvents(hub: Nexomatic, wanted: Wanted, { limit, ndjson }: ListOptions): Promise<void> {
  let seen = new Map<string, EventSummary['state']>();
  const print = ndjson ? printJsonLine : printChange;
  async function look(): Promise<EventSummary[]> {
    const { events } = await hub.events.list({ ...wanted, limit: perPage });
    const changed = events.filter(({ id, state }) => seen.get(id) !== state);
    seen = new Map(events.map(({ id, state }) => [id, state]));
    return changed.reverse();
  }
  for (const event of (await look()).slice(-limit)) print(event);
  await keepLooking(async () => (await look()).forEach(print));
}

function printChange(event: EventSummary): void {
  const { id, type, state, createdAt, startedAt, finishedAt, source, sink } = event;
  const words = [finishedAt ?? startedAt ?? createdAt, stateText(state), id, type, sink ?? source ?? '-'];
  process.stdout.write(`${[...words, tookText(event), whyText(event)].filter((word) => word !== '-').join('  ')}\n`);
}
