import type { Command, Option } from 'commander';
import { withHub } from '../hub/hub-options.ts';

const examples = `Examples:
  nexomatic archive status
  nexomatic archive run
  nexomatic archive check --deep
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
  add('check')
    .description('compare the store with what the hub knows of it; ends with 6 where something is wrong')
    .option('--deep', 'read every object whole, and compare its SHA-256')
    .option('--fix', 'delete leftovers that are older than a day: every log in them stands elsewhere')
    .action(async (options) => {
      process.exitCode = await (await import('./check-archive.ts')).checkArchive(options);
    });
}
