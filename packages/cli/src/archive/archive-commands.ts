import type { Command, Option } from 'commander';
import { withHub } from '../hub/hub-options.ts';
import { atMost } from '../hub/whole-number.ts';

const examples = `Examples:
  nexomatic archive status
  nexomatic archive run
  nexomatic archive check --deep
  nexomatic archive restore --type report.made --since 2027-03-01T00:00:00Z --until 2027-03-08T00:00:00Z
`;

/** `nexomatic archive …`: where old logs of a tenant stand. */
export function addArchiveCommands(program: Command, stateDir: () => Option): void {
  const archive = program
    .command('archive')
    .description('look after the archive that old logs are moved to')
    .addHelpText('before', examples);
  const add = (name: string) =>
    withHub(archive.command(name)).addOption(stateDir()).option('--json', 'one JSON document');

  add('status')
    .description('how the store is doing, what is in it, and what is due')
    .action(async (options) => {
      process.exitCode = await (await import('./show-status.ts')).showStatus(options);
    });
  add('run')
    .description('archive the logs that are due now, in place of at the next pass')
    .action(async (options) => {
      process.exitCode = await (await import('./run-archive.ts')).runArchive(options);
    });
  add('adopt')
    .description('take up objects whose logs stand nowhere else, after the database was set back or lost their rows')
    .action(async (options) => {
      process.exitCode = await (await import('./adopt-archives.ts')).adoptArchives(options);
    });
  add('restore')
    .description('have archived logs stand in the database again for some days, searched and read as young ones are')
    .argument('[event]', 'id of the event whose logs they are')
    .option('--type <name>', 'logs of events of this type')
    .option('--since <instant>', 'with --type: made from this instant on')
    .option('--until <instant>', 'with --type: made before this instant')
    .option('--days <number>', 'for so many days', atMost(30), 7)
    .option('--limit <number>', 'so many logs at most, the oldest first', atMost(5_000), 1_000)
    .action(async (event, options) => {
      process.exitCode = await (await import('./restore-logs.ts')).restoreLogs(event, options);
    });
  add('check')
    .description('compare the store with what the hub knows of it; ends with 6 where something is wrong')
    .option('--deep', 'read every object whole, and compare its SHA-256')
    .option('--fix', 'delete leftovers that are older than a day: every log in them stands elsewhere')
    .action(async (options) => {
      process.exitCode = await (await import('./check-archive.ts')).checkArchive(options);
    });
}
