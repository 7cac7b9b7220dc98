import { type Command, Option } from 'commander';
import { withHub } from '../hub/hub-options.ts';
import { readSpan } from '../hub/read-span.ts';
import { atMost } from '../hub/whole-number.ts';
import { withWait } from './await-event.ts';
import { withPayload } from './payload-options.ts';

const fireExamples = `Examples:
  nexomatic fire deploy.app --data '{"ref":"main"}' --wait
  nexomatic fire deploy.app --set ref=main --set app.replicas=3 --sink web-01 --logs
  nexomatic fire report.made --data @report.json --at 2027-03-28T09:00:00+02:00
`;
const listExamples = `Examples:
  nexomatic events 'state:error type:deploy.*' --since 24h
  nexomatic events 'type:deploy.*' --watch
`;

/** `nexomatic fire`, `rerun`, `cancel`, `events` and `event …`. */
export function addEventCommands(program: Command, stateDir: () => Option): void {
  const add = (to: Command, name: string) => withHub(to.command(name)).addOption(stateDir());
  const event = program.command('event').description('what an event is, and its page');
  const one = (to: Command, name: string, what = 'its id') => add(to, name).argument('<event>', what);

  withWait(withPayload(add(program, 'fire').argument('<type>', 'name of the event type')))
    .description('fire an event, and print its id')
    .option('--sink <name>', 'the one sink that may run it')
    .option('--source <name>', 'the CUSTOM source that it is fired as')
    .option('--delay <time>', 'not to be started earlier than this from now, as 90s, 10m or 2h', readSpan)
    .addOption(new Option('--at <instant>', 'not to be started before this instant').conflicts('delay'))
    .addOption(idempotencyKey())
    .addHelpText('before', fireExamples)
    .action(async (type, options) => done((await import('./fire-event.ts')).fireEvent(type, options)));
  withWait(withPayload(one(program, 'rerun', 'id of a finished event')))
    .description('run a finished event again by the present definitions, and print the id of the new event')
    .addOption(idempotencyKey())
    .action(async (id, options) => done((await import('./fire-event.ts')).rerunEvent(id, options)));
  add(program, 'cancel')
    .description('end events that wait or run; nothing follows on them')
    .argument('<event...>', 'their ids')
    .option('--json', 'one JSON document')
    .action(async (ids, options) => done((await import('./cancel-events.ts')).cancelEvents(ids, options)));
  add(program, 'events')
    .description('list events, the newest first')
    .argument('[query...]', 'what they are to meet, as on the page Events')
    .option('--since <time>', 'created at or after; 15m, 24h, 7d or an instant')
    .option('--until <instant>', 'created before')
    .option('-n, --limit <number>', 'so many at most', atMost(100_000), 50)
    .option('-w, --watch', 'then print each change of a state as it comes')
    .addOption(new Option('--json', 'one JSON document').conflicts(['watch', 'ndjson']))
    .option('--ndjson', 'a JSON document a line')
    .addHelpText('before', listExamples)
    .action(async (words, options) => done((await import('./list-events.ts')).listEvents(words.join(' '), options)));
  one(event, 'show')
    .description('what an event is, what became of it, its payload and its result')
    .option('--json', 'one JSON document')
    .action(async (id, options) => done((await import('./show-event.ts')).showEvent(id, options)));
  one(event, 'open')
    .description('open the page of an event in the browser')
    .option('--print', 'print its address only')
    .action(async (id, options) => done((await import('./open-event.ts')).openEvent(id, options)));
}

const idempotencyKey = () =>
  new Option('--idempotency-key <key>', 'with the same key it is made once, however often it is sent');

async function done(exitCode: Promise<number>): Promise<void> {
  process.exitCode = await exitCode;
}
