import { isId } from '@nexomatic/contracts/id-form';
import { logChannels, logLevels } from '@nexomatic/contracts/sink-protocol';
import { type Command, Option } from 'commander';
import { withHub } from '../hub/hub-options.ts';
import { atMost } from '../hub/whole-number.ts';
import type { EventLogOptions } from './event-log.ts';
import type { SearchOptions } from './search-logs.ts';

const examples = `Examples:
  nexomatic logs 'level:error type:deploy.* "connection refused"' --since 2h
  nexomatic logs 'sink:web-01 -level:debug' --follow
  nexomatic logs evt_01jd5y0q6vf0x9h2m7k3c8t4zr --follow
  nexomatic logs evt_01jd5y0q6vf0x9h2m7k3c8t4zr --attempt 1 --level warn --timestamps
`;

type Options = SearchOptions & EventLogOptions;

const ofSearches = ['since', 'until', 'limit'] as const;
const ofEvents = ['attempt', 'channel', 'level', 'grep', 'sinceLine', 'timestamps', 'failOnWarning'] as const;

/** `nexomatic logs`: lines of all events' logs, or the log of one. */
export function addLogCommands(program: Command, stateDir: () => Option): void {
  const command: Command = withHub(program.command('logs'))
    .description('search the logs of all events, or print and follow the log of one')
    .argument('[query...]', 'what the lines are to meet, as on the page Logs; or the id of one event')
    .addOption(stateDir())
    .option('-f, --follow', 'go on as lines are written; of one event until it is finished')
    .option('--since <time>', 'search: written at or after; 15m, 24h, 7d or an instant')
    .option('--until <instant>', 'search: written before')
    .option('-n, --limit <number>', 'search: so many at most (default: 50)', atMost(100_000))
    .option('--attempt <number>', 'event: that attempt alone (default: the latest)', atMost(99_999))
    .addOption(new Option('--channel <name>', 'event: lines of that channel alone').choices([...logChannels]))
    .addOption(new Option('--level <level>', 'event: records of that level or above alone').choices([...logLevels]))
    .option('--grep <text>', 'event: lines alone that hold this, in capital or small letters')
    .option('--since-line <number>', 'event: from this line on', atMost(1_000_000_000))
    .option('--timestamps', 'event: when each line was written')
    .option('--fail-on-warning', 'event, with --follow: exit code 10 when it ended in WARNING')
    .addOption(new Option('--json', 'one JSON document').conflicts(['follow', 'ndjson']))
    .option('--ndjson', 'a JSON document a line')
    .addHelpText('before', examples)
    .action(async (words: string[], options: Options) => {
      process.exitCode = await logs(words.join(' '), options, (message) => command.error(`error: ${message}`));
    });
}

async function logs(query: string, options: Options, refuse: (message: string) => never): Promise<number> {
  if (isId('event', query)) {
    const wrong = ofSearches.find((name) => options[name] !== undefined);
    if (wrong) refuse(`--${wrong} is for searches, not for the log of one event`);
    return (await import('./event-log.ts')).showEventLog(query, options);
  }
  if (/^evt_\S*$/.test(query)) refuse(`${query} is no id of an event: evt_ and 26 small letters or digits`);
  const wrong = ofEvents.find((name) => options[name] !== undefined);
  if (wrong) refuse(`--${wrong.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} is for the log of one event`);
  if (options.follow && options.until) refuse('what is followed has no end: leave --until out');
  return (await import('./search-logs.ts')).searchLogs(query, options);
}
