import { type SinkRuntime, sinkRuntimes } from '@nexomatic/contracts/sink-protocol';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { examples } from './examples.ts';
import type { Machine } from './machine.ts';
import { checkModules, listModules } from './modules.ts';
import type { Given } from './settings.ts';
import type { Talk } from './talk.ts';
import { testModule } from './test-module.ts';

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

  withFolders(program.command('test'))
    .description('run a module as an event would, without a hub')
    .argument('<module>', 'what an action names, for example hello')
    .option('--data <json>', 'payload: JSON, @file, or - for stdin', '{}')
    .option('--param <key=value>', 'parameter, JSON or text; may be repeated', collect, [])
    .option('--secret <key=@file>', 'secret, from a file or (key=-) from stdin; may be repeated', collect, [])
    .option('--timeout-seconds <number>', 'ends it after so long', readSeconds, 600)
    .addHelpText(
      'before',
      examples(`test hello --data '{"name": "Ada"}'`, 'test hello --data @event.json --param limit=5'),
    )
    .action(
      (
        module: string,
        flags: ModuleFlags & { data: string; param: string[]; secret: string[]; timeoutSeconds: number },
      ) => {
        const { data, param: params, secret: secrets, timeoutSeconds, runtime, ...rest } = flags;
        return testModule(machine(rest), module, { data, params, secrets, timeoutSeconds, runtime }, talk());
      },
    );
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
