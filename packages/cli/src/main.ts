#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { addArchiveCommands } from './archive/archive-commands.ts';
import { addBlackoutCommands } from './blackouts/blackout-commands.ts';
import { runDetached } from './dev/run-detached.ts';
import { runDev } from './dev/run-dev.ts';
import { defaults } from './dev/settings.ts';
import { stopDev } from './dev/stop-dev.ts';
import { headline } from './dev/welcome.ts';
import { env } from './env.ts';
import { addEventCommands } from './events/event-commands.ts';
import { withHub } from './hub/hub-options.ts';
import { addLogCommands } from './logs/log-commands.ts';
import { printLink } from './print-link.ts';
import { addScheduleCommands } from './schedules/schedule-commands.ts';
import { addSecretCommands } from './secrets/secret-commands.ts';
import { addSinkCommands } from './sinks/sink-commands.ts';
import { createSteps } from './steps.mjs';

const steps = createSteps({ env });
const program = new Command('nexomatic')
  .description('Runs and looks after a Nexomatic installation.')
  // 1 is for what failed, 2 for what was asked for wrongly.
  .exitOverride((error) => process.exit(error.exitCode === 1 ? 2 : error.exitCode));

const port = (text: string): number => {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 65_535) return number;
  throw new InvalidArgumentError('Give a port from 1 to 65535.');
};
const stateDir = () =>
  new Option('--state-dir <folder>', 'where its data, logs and run.json are kept').default(defaults.stateDir);

program
  .command('dev')
  .description('start everything on this machine: database, Redis, hub, edge and a demo sink')
  .addOption(
    new Option('--port <port>', 'the hub listens here').env('NEXOMATIC_PORT').default(defaults.port).argParser(port),
  )
  .addOption(
    new Option('--edge-port <port>', 'the edge listens here')
      .env('NEXOMATIC_EDGE_PORT')
      .default(defaults.edgePort)
      .argParser(port),
  )
  .addOption(stateDir())
  .option('--detach', 'start in the background, and come back when everything is ready')
  .addOption(new Option('--background').hideHelp().default(false))
  .addHelpText(
    'before',
    'Examples:\n  npm start\n  npm start -- --detach\n  npm start -- --port 4700 --edge-port 4701\n',
  )
  .action(
    async ({
      detach,
      ...settings
    }: {
      port: number;
      edgePort: number;
      stateDir: string;
      background: boolean;
      detach?: boolean;
    }) => {
      if (detach) {
        const args = [
          'dev',
          '--port',
          settings.port,
          '--edge-port',
          settings.edgePort,
          '--state-dir',
          settings.stateDir,
          '--background',
        ];
        process.exit(await runDetached(settings, args.map(String), steps));
      }
      headline(steps);
      process.exit(await runDev(settings, steps));
    },
  );

program
  .command('stop')
  .description('stop what "dev" has started; its data stays')
  .addOption(stateDir())
  .action(async (options: { stateDir: string }) => {
    try {
      process.exit(await stopDev(options.stateDir, steps));
    } catch (error) {
      process.exit(steps.fault(error));
    }
  });

program
  .command('setup-link')
  .description('print the link by which the first person sets a hub up')
  .addOption(stateDir())
  .action(({ stateDir: folder }: { stateDir: string }) => {
    process.exitCode = printLink(['setup-link'], folder);
  });

program
  .command('sign-in-link')
  .description('print a link that signs a person in once: for a forgotten password, or when single sign-on is away')
  .requiredOption('--email <address>', 'whom it is for')
  .addOption(stateDir())
  .addHelpText('before', 'Examples:\n  nexomatic sign-in-link --email ada@example.com\n')
  .action(({ email, stateDir: folder }: { email: string; stateDir: string }) => {
    process.exitCode = printLink(['sign-in-link', '--email', email], folder);
  });

withHub(program.command('codegen'))
  .description('write TypeScript types of the payloads that a hub’s event types take')
  .option('-o, --out <file>', 'file to write; standard output without it')
  .addHelpText('before', 'Examples:\n  nexomatic codegen -o hub-types.ts\n')
  .action(async (options: { url?: string; token?: string; out?: string }) => {
    const { runCodegen } = await import('./codegen/run-codegen.ts');
    process.exitCode = await runCodegen(options);
  });

addEventCommands(program, stateDir);
addLogCommands(program, stateDir);
addScheduleCommands(program, stateDir);
addBlackoutCommands(program, stateDir);
addSecretCommands(program, stateDir);
addSinkCommands(program, stateDir);
addArchiveCommands(program, stateDir);

// Whoever read the output has read enough, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
await program.parseAsync();
