import type { LogEntry, Nexomatic } from '@nexomatic/client/nexomatic';
import type { Id } from '@nexomatic/contracts/id';
import { type LogChannel, type LogLevel, logLevels } from '@nexomatic/contracts/sink-protocol';
import { endOf } from '../events/event-end.ts';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { paint } from '../hub/paint.ts';
import { printJsonLine } from '../hub/print-json.ts';
import { followAttempts } from './follow-attempts.ts';
import { lineText, wordOf } from './line-text.ts';

interface LineOptions {
  channel?: LogChannel;
  level?: LogLevel;
  grep?: string;
  sinceLine?: number;
  timestamps?: boolean;
  json?: boolean;
  ndjson?: boolean;
}

export interface EventLogOptions extends HubOptions, LineOptions {
  attempt?: number;
  follow?: boolean;
  failOnWarning?: boolean;
}

/** `nexomatic logs EVENT`: the log of its latest attempt, or with `--follow` of that and all that come. Gives the exit code. */
export const showEventLog = (id: Id<'event'>, options: EventLogOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const { attempt } = options;
    const print = linePrinter(options);
    if (options.follow) return follow(hub, id, options, print);
    const entries = hub.events.logs(id, attempt ? { attempt } : {});
    if (options.json) return printDocument(entries, id, options);
    for await (const entry of entries) print(entry);
  });

type Print = (entry: LogEntry) => void;

async function follow(hub: Nexomatic, id: Id<'event'>, { attempt, failOnWarning }: EventLogOptions, print: Print) {
  // A hub that goes away is waited for; one that never was there, or refuses, is told at once.
  await hub.events.get(id);
  if (attempt === undefined) return endOf(await followAttempts(hub, id, print), { failOnWarning });
  for await (const entry of hub.events.logs(id, { attempt, follow: true })) print(entry);
  const one = (await hub.events.get(id)).attempts.find(({ number }) => number === attempt);
  if (one) endOf({ ...one, id: `attempt ${attempt} of ${id}` }, { failOnWarning });
}

/** Prints each line that is asked for. */
export function linePrinter(options: LineOptions): Print {
  const isWanted = wantedLines(options);
  return (entry) => {
    if (!isWanted(entry)) return;
    if (options.ndjson) return printJsonLine(entry);
    const at = options.timestamps ? `${paint('dim', entry.at)} ` : '';
    process.stdout.write(`${at}${entry.level ? `${wordOf(entry)} ` : ''}${lineText(entry)}\n`);
  };
}

/** As one document, written as it is read: a log may be long. Nothing is written where the hub refuses. */
async function printDocument(entries: AsyncIterable<LogEntry>, event: string, options: LineOptions): Promise<void> {
  const isWanted = wantedLines(options);
  const head = `{\n  "event": ${JSON.stringify(event)},\n  "entries": [`;
  let before = `${head}\n`;
  for await (const entry of entries) {
    if (!isWanted(entry)) continue;
    process.stdout.write(`${before}    ${JSON.stringify(entry)}`);
    before = ',\n';
  }
  process.stdout.write(before === ',\n' ? '\n  ]\n}\n' : `${head}]\n}\n`);
}

function wantedLines({ channel, level, grep, sinceLine = 1 }: LineOptions): (entry: LogEntry) => boolean {
  const part = grep?.toLowerCase();
  const least = level === undefined ? -1 : logLevels.indexOf(level);
  return (entry) =>
    // Words about the log itself, as that lines were lost, are told whatever is asked for.
    entry.mark !== undefined ||
    (entry.line >= sinceLine &&
      (channel === undefined || entry.channel === channel) &&
      (least < 0 || (entry.level !== null && logLevels.indexOf(entry.level) >= least)) &&
      (part === undefined || entry.text.toLowerCase().includes(part)));
}
