import type { FoundRecord, Nexomatic, SearchLogs } from '@nexomatic/client/nexomatic';
import { told } from '@nexomatic/client/refusal';
import { plainText } from '@nexomatic/contracts/terminal-text';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { paint } from '../hub/paint.ts';
import { printJson, printJsonLine } from '../hub/print-json.ts';
import { boundsOf } from '../hub/time-bounds.ts';
import { followSearch } from './follow-search.ts';
import { lineText, wordOf } from './line-text.ts';

export interface SearchOptions extends HubOptions {
  since?: string;
  until?: string;
  limit?: number;
  follow?: boolean;
  json?: boolean;
  ndjson?: boolean;
}

const usualLimit = 50;
const perPage = 200;

/** `nexomatic logs [QUERY]`: lines of all events' logs that meet it, the newest last. Gives the exit code. */
export const searchLogs = (query: string, options: SearchOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const { limit = usualLimit, follow = false } = options;
    const wanted = boundsOf(query, options);
    const print = options.ndjson ? printJsonLine : printRecord;
    if (follow) return followSearch(hub, query, { latest: () => newest(hub, wanted, limit), print });
    const { records, more, unavailable } = await newest(hub, wanted, limit);
    if (options.json) return printJson({ records, more, unavailable });
    for (const record of records) print(record);
    const archived = records.filter((record) => record.archived).length;
    if (archived > 0) process.stderr.write(`from the archive: ${archived} of ${records.length} lines\n`);
    if (more) process.stderr.write(`these are the newest ${limit}; there are older ones, see --limit and --until\n`);
  });

/** The newest so many that meet it, in the order in which they were written. */
async function newest(hub: Nexomatic, wanted: Partial<SearchLogs>, limit: number) {
  const records: FoundRecord[] = [];
  let unavailable: string | null = null;
  let cursor: string | null = null;
  do {
    const input = { ...wanted, limit: Math.min(perPage, limit - records.length), ...(cursor ? { cursor } : {}) };
    const page: Awaited<ReturnType<typeof hub.api.logs.search.query>> = await told(hub.api.logs.search.query(input));
    records.push(...page.records);
    cursor = page.nextCursor;
    unavailable ??= page.archive.unavailable;
    if (page.hint) process.stderr.write(`${page.hint}\n`);
    if (page.searchedTo && process.stderr.isTTY) process.stderr.write(`searched back to ${page.searchedTo} …\n`);
  } while (cursor !== null && records.length < limit);
  if (unavailable) process.stderr.write(`${unavailable}\n`);
  return { records: records.reverse(), more: cursor !== null, unavailable };
}

function printRecord(record: FoundRecord): void {
  const { at, event, type } = record;
  process.stdout.write(
    `${paint('dim', at)} ${wordOf(record)} ${plainText(type)} ${paint('dim', event)}  ${lineText(record)}\n`,
  );
}
