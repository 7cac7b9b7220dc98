import { type Weekday, weekdays } from '@nexomatic/contracts/blackout-api';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { withHub } from '../hub/hub-options.ts';

const examples = `Examples:
  nexomatic blackout create 'Release freeze' --from 2027-03-01T00:00:00Z --until 2027-03-08T00:00:00Z
  nexomatic blackout create Backup --weekly mon,tue --from 22:00 --until 06:00 --tz Europe/Berlin --schedule nightly
  nexomatic blackout edit Backup --until 05:30
  nexomatic blackout list --schedule nightly
  nexomatic blackout delete Backup --yes
`;

/** `nexomatic blackout …`: windows in which schedules skip their runs. */
export function addBlackoutCommands(program: Command, stateDir: () => Option): void {
  const blackout = program
    .command('blackout')
    .description('list, make, change and delete windows in which schedules skip their runs')
    .addHelpText('before', examples);
  const add = (name: string) =>
    withHub(blackout.command(name)).addOption(stateDir()).option('--json', 'one JSON document');

  add('list')
    .description('list blackouts')
    .option('--schedule <name>', 'those alone that hold for this schedule: its own and those of the whole tenant')
    .action(async (options) => {
      process.exitCode = await (await import('./list-blackouts.ts')).listBlackouts(options);
    });
  add('create')
    .description('make a window, once between two instants, or every week')
    .argument('<name>', 'for people')
    .requiredOption('--from <when>', 'from this instant on: 2027-03-01T00:00:00Z; with --weekly a time of day: 22:00')
    .requiredOption('--until <when>', 'before this instant; with --weekly a time of day, on the next day if not later')
    .option('--weekly <days>', 'days on which it begins: mon,tue,wed,thu,fri,sat,sun', eachDay)
    .option('--tz <zone>', 'time zone of the times of day, as in Europe/Berlin')
    .option('--schedule <name>', 'the one schedule that it is for; without it every schedule of the tenant')
    .action(async (name, options) => {
      process.exitCode = await (await import('./save-blackout.ts')).createBlackout(name, options);
    });
  add('edit')
    .description('change a window; what is not named stays as it is, and runs that were skipped stay skipped')
    .argument('<blackout>', 'its name or id')
    .option('--name <name>', 'another name')
    .option('--from <when>', 'from this instant, or of a weekly one this time of day on')
    .option('--until <when>', 'before this instant, or of a weekly one this time of day')
    .addOption(new Option('--weekly <days>', 'days on which it begins from now on: mon,tue').argParser(eachDay))
    .addOption(
      new Option('--once', 'once between two instants from now on, no more every week').conflicts(['weekly', 'tz']),
    )
    .option('--tz <zone>', 'time zone of the times of day')
    .addOption(new Option('--schedule <name>', 'the one schedule that it is for from now on').conflicts('every'))
    .option('--every', 'for every schedule of the tenant from now on')
    .action(async (name, options) => {
      process.exitCode = await (await import('./save-blackout.ts')).editBlackout(name, options);
    });
  withHub(blackout.command('delete'))
    .addOption(stateDir())
    .description('delete a window: runs fire in it again')
    .argument('<blackout>', 'its name or id')
    .option('--yes', 'do it')
    .action(async (name, options) => {
      process.exitCode = await (await import('./save-blackout.ts')).deleteBlackout(name, options);
    });
}

function eachDay(given: string): Weekday[] {
  return given.split(',').map((word) => {
    const day = weekdays.find((one) => one === word.trim().toLowerCase());
    if (day) return day;
    throw new InvalidArgumentError(`Give days as in mon,tue; they are ${weekdays.join(', ')}.`);
  });
}
