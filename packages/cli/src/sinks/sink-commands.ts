import type { SinkCommand } from '@nexomatic/contracts/signal-api';
import { type Command, InvalidArgumentError, type Option } from 'commander';
import { type HubOptions, withHub } from '../hub/hub-options.ts';
import type { JoinTokenOptions } from './create-join-token.ts';
import type { RevokeOptions } from './signal-sink.ts';

type Shown = HubOptions & { json?: boolean };

const signals: [string, SinkCommand, string][] = [
  ['pause', 'pause', 'have a sink take no more work until it is resumed; what runs goes on'],
  ['resume', 'resume', 'have a sink take work again'],
  ['drain', 'drain', 'have a sink finish what runs, and end its agent'],
  ['restart', 'reset', 'have a sink finish what runs, and connect anew'],
];

/** `nexomatic sink …`: the agents that run modules, as their hub sees them. */
export function addSinkCommands(program: Command, stateDir: () => Option): void {
  const sink = program
    .command('sink')
    .description('list sinks, tell them what to do, and let machines become sinks')
    .addHelpText(
      'before',
      'Examples:\n  nexomatic sink list\n  nexomatic sink pause web-01\n  nexomatic sink token create --type PYTHON\n',
    );
  const add = (to: Command, name: string) => withHub(to.command(name)).addOption(stateDir());
  const named = (name: string) => add(sink, name).argument('<sink>', 'its name or id');

  add(sink, 'list')
    .description('list sinks by name')
    .option('--type <name>', 'of this sink type alone')
    .option('--json', 'one JSON document')
    .action(async (options: Shown & { type?: string }) => {
      const { listSinks } = await import('./list-sinks.ts');
      process.exitCode = await listSinks(options);
    });

  named('show')
    .description('what a sink is, what it runs, and when it came and went')
    .option('--json', 'one JSON document')
    .action(async (name: string, options: Shown) => {
      const { showSink } = await import('./list-sinks.ts');
      process.exitCode = await showSink(name, options);
    });

  for (const [word, kind, description] of signals) {
    named(word)
      .description(description)
      .option('--json', 'one JSON document')
      .action(async (name: string, options: Shown) => {
        const { signalSink } = await import('./signal-sink.ts');
        process.exitCode = await signalSink(name, kind, options);
      });
  }

  named('revoke')
    .description('let a sink in no more, and cut its agent off')
    .option('--yes', 'do it')
    .option('--confirm-loss', 'also when no other sink has the value of a secret, which is lost then')
    .action(async (name: string, options: RevokeOptions) => {
      const { revokeSink } = await import('./signal-sink.ts');
      process.exitCode = await revokeSink(name, options);
    });

  const token = sink.command('token').description('what machines join by');
  add(token, 'create')
    .description('make a join token, which is good for 30 minutes, and print the line that a machine joins with')
    .requiredOption('--type <name>', 'sink type of whoever joins')
    .option('--uses <number>', 'how many machines may join with it', readUses, 1)
    .option('--name <name>', 'name of the sink; without it the machine’s own')
    .option('--label <key=value>', 'label of the sinks; may be repeated', (one, all: string[]) => [...all, one], [])
    .option('--json', 'one JSON document')
    .action(async (options: JoinTokenOptions) => {
      const { createJoinToken } = await import('./create-join-token.ts');
      process.exitCode = await createJoinToken(options);
    });
}

function readUses(text: string): number {
  const uses = Number(text);
  if (Number.isInteger(uses) && uses >= 1 && uses <= 1_000) return uses;
  throw new InvalidArgumentError('Give a number from 1 to 1000.');
}
