import { scheduleStatuses } from '@nexomatic/contracts/schedule-api';
import { occurrenceStatuses } from '@nexomatic/contracts/schedule-occurrence';
import { maxRunsAtOnce } from '@nexomatic/contracts/schedule-run-api';
import { type Command, Option } from 'commander';
import { withHub } from '../hub/hub-options.ts';
import { atMost } from '../hub/whole-number.ts';
import { withFields } from './schedule-fields.ts';

const examples = `Examples:
  nexomatic schedule create nightly --type report.made --cron '30 2 * * *' --tz Europe/Berlin
  nexomatic schedule next nightly -n 5 --tz America/New_York
  nexomatic schedule pause nightly --note 'data centre is moving' --until 2027-03-01T06:00:00Z
  nexomatic schedule backfill nightly --from 2027-03-01T00:00:00Z --to 2027-03-08T00:00:00Z
  nexomatic schedule held nightly --release
  nexomatic cron '0 9 * * 1-5' --tz Europe/Berlin
`;

/** `nexomatic schedule …` and `nexomatic cron`: when event types fire by themselves. */
export function addScheduleCommands(program: Command, stateDir: () => Option): void {
  const schedule = program
    .command('schedule')
    .description('list, make and change schedules, fire them by hand, and tell when they run')
    .addHelpText('before', examples);
  const add = (to: Command, name: string) =>
    withHub(to.command(name)).addOption(stateDir()).option('--json', 'one JSON document');
  const named = (name: string) => add(schedule, name).argument('<schedule>', 'its name or id');

  add(schedule, 'list')
    .description('list schedules with their next and latest runs')
    .addOption(new Option('--status <word>', 'those alone').choices([...scheduleStatuses, 'held']))
    .addOption(new Option('--sort <by>', 'by name, or by the next run').choices(['name', 'next']))
    .action(async (options) => done((await import('./list-schedules.ts')).listSchedules(options)));
  named('show')
    .description('what a schedule does, and when')
    .action(async (name, options) => done((await import('./list-schedules.ts')).showSchedule(name, options)));
  withFields(named('create').description('make a schedule; it fires from then on'))
    .option('--off', 'switched off')
    .action(async (name, options) => done((await import('./save-schedule.ts')).createSchedule(name, options)));
  withFields(named('edit').description('change a schedule; what is not named stays as it is'))
    .option('--name <name>', 'another name')
    .action(async (name, options) => done((await import('./save-schedule.ts')).editSchedule(name, options)));
  addStateCommands(named);

  named('run')
    .description('fire a schedule now, and print the id of the event')
    .action(async (name, options) => done((await import('./fire-schedule.ts')).runSchedule(name, options)));
  named('backfill')
    .description('fire the runs of a past window that have not fired, and print the ids of the events')
    .requiredOption('--from <instant>', 'from this instant on')
    .requiredOption('--to <instant>', 'before this instant')
    .option('--yes', 'do not ask')
    .action(async (name, options) => done((await import('./fire-schedule.ts')).backfillSchedule(name, options)));
  named('held')
    .description('list missed runs that wait for somebody, or decide what becomes of them')
    .addOption(new Option('--release', 'fire them all, and print the ids of the events').conflicts('discard'))
    .option('--discard', 'let them all go')
    .option('--yes', 'do not ask')
    .option('--count <number>', 'do not ask, and do it only if so many are held', atMost(maxRunsAtOnce))
    .action(async (name, options) => done((await import('./held-runs.ts')).heldRuns(name, options)));
  named('history')
    .description('what became of the runs of a schedule, the latest planned first')
    .option('-n, --number <count>', 'how many', atMost(10_000), 20)
    .addOption(new Option('--status <word>', 'those alone').choices([...occurrenceStatuses]))
    .action(async (name, options) => done((await import('./list-history.ts')).listHistory(name, options)));
  named('next')
    .description('when a schedule runs next, and what setting the clock of its zone does to that')
    .option('-n, --number <count>', 'how many runs', atMost(100), 10)
    .option('--tz <zone>', 'tell the times on the clock of this zone too')
    .action(async (name, options) => done((await import('./next-runs.ts')).nextRuns(name, options)));
  add(program, 'cron')
    .description('when a cron expression runs next; nothing is saved')
    .argument('<expression>', 'five fields: minute, hour, day of month, month, day of week')
    .option('-n, --number <count>', 'how many runs', atMost(100), 10)
    .option('--tz <zone>', 'the zone that it is read in; without it the tenant’s')
    .action(async (cron, options) => done((await import('./next-runs.ts')).cronRuns(cron, options)));
}

function addStateCommands(named: (name: string) => Command): void {
  named('enable')
    .description('switch a schedule on')
    .action(async (name, options) => done((await import('./change-schedule.ts')).enableSchedule(name, options)));
  named('disable')
    .description('switch a schedule off')
    .action(async (name, options) => done((await import('./change-schedule.ts')).disableSchedule(name, options)));
  named('pause')
    .description('have a schedule fire nothing until it is resumed')
    .option('--note <text>', 'why, for people')
    .option('--until <instant>', 'it goes on by itself from then on')
    .action(async (name, options) => done((await import('./change-schedule.ts')).pauseSchedule(name, options)));
  named('resume')
    .description('let a paused schedule go on')
    .action(async (name, options) => done((await import('./change-schedule.ts')).resumeSchedule(name, options)));
  named('skip')
    .description('skip the next run of a schedule')
    .option('--undo', 'do not skip it after all')
    .action(async (name, options) => done((await import('./change-schedule.ts')).skipNext(name, options)));
  named('delete')
    .description('delete a schedule with its history')
    .option('--yes', 'do it')
    .action(async (name, options) => done((await import('./change-schedule.ts')).deleteSchedule(name, options)));
}

async function done(exitCode: Promise<number>): Promise<void> {
  process.exitCode = await exitCode;
}
