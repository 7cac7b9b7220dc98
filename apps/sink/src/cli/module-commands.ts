import { type SinkRuntime, sinkRuntimes } from '@nexomatic/contracts/sink-protocol';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { AgentError, exitCodes } from '../agent-error.ts';
import { examples } from './examples.ts';
import type { Machine } from './machine.ts';
import { checkModules, describeModule, listModules } from './modules.ts';
import type { Given } from './settings.ts';
import type { Talk } from './talk.ts';
import { testAgainst, testModule } from './test-module.ts';

interface Deps {
  machine(flags: Given): Machine;
  talk(): Talk;
}

interface ModuleFlags extends Given {
  runtime?: SinkRuntime;
}

/** The commands for those who write modules; none of them asks a hub. */
export function addModuleCommands(program: Command, { machine, talk }: Deps): void {
  const modules = program.command('modules').description('what this sink can run');
  const withFolders = (command: Command): Command =>
    command
      .option('--modules <folder>', 'folder that holds your modules')
      .option('--python <path>', 'interpreter, or folder of a virtual environment')
      .addOption(
        new Option('--runtime <name>', 'python, powershell or custom; that of the sink without it').argParser(
          readRuntime,
        ),
      );
  const at = ({ runtime: _, ...flags }: ModuleFlags): Machine => machine(flags);

  withFolders(modules.command('list', { isDefault: true }))
    .description('name, hash and parameters of each module')
    .addHelpText('before', examples('modules list --modules ./modules'))
    .action((flags: ModuleFlags) => listModules(at(flags), flags.runtime, talk()));
  withFolders(modules.command('check'))
    .description('whether every file can be read as a module')
    .action((flags: ModuleFlags) => checkModules(at(flags), flags.runtime, talk()));

  withFolders(modules.command('describe'))
    .description('what a module says of itself, and the parameters that it takes')
    .argument('<module>', 'its name, or the beginning of it')
    .addHelpText('before', examples('modules describe hello'))
    .action((name: string, flags: ModuleFlags) => describeModule(at(flags), name, flags.runtime, talk()));
  addTestCommand(withFolders(program.command('test')), { machine, talk });
}

interface TestFlags extends ModuleFlags {
  data?: string;
  param: string[];
  secret: string[];
  timeoutSeconds: number;
  record?: string;
  against?: string;
}

function addTestCommand(command: Command, { machine, talk }: Deps): void {
  command
    .description('run a module as an event would, without a hub')
    .argument('[module]', 'what an action names, for example hello')
    .option('--data <json>', 'payload: JSON, @file, or - for stdin; {} without it')
    .option('--param <key=value>', 'parameter, JSON or text; may be repeated', collect, [])
    .option('--secret <key=@file>', 'secret, from a file or (key=-) from stdin; may be repeated', collect, [])
    .option('--timeout-seconds <number>', 'ends it after so long', readSeconds, 600)
    .option('--record <file>', 'write down what it was given and what it made of that')
    .option('--against <file>', 'run it as it was recorded, and end with 6 if it does not do the same')
    .addHelpText(
      'before',
      examples(
        `test hello --data '{"name": "Ada"}'`,
        'test hello --data @event.json --param limit=5 --record hello.json',
        'test --against hello.json',
      ),
    )
    .action(async (module: string | undefined, flags: TestFlags) => {
      const { data, param: params, secret: secrets, timeoutSeconds, runtime, record, against, ...rest } = flags;
      const options = { data, params, secrets, timeoutSeconds, runtime, record };
      if (against !== undefined && module === undefined) {
        return testAgainst(machine(rest), against, options, talk());
      }
      if (module !== undefined && against === undefined) return testModule(machine(rest), module, options, talk());
      throw new AgentError(exitCodes.usage, 'give a module, or --against FILE, which names one');
    });
}

const collect = (one: string, all: string[]): string[] => [...all, one];

function readRuntime(text: string): SinkRuntime {
  const runtime = sinkRuntimes.find((one) => one === text.toUpperCase());
  if (!runtime) throw new InvalidArgumentError('Give python, powershell or custom.');
  return runtime;
}

function readSeconds(text: string): number {
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 86_400) return seconds;
  throw new InvalidArgumentError('Give seconds from 1 to 86400.');
}
