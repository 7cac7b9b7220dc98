import { Command, InvalidArgumentError } from 'commander';
import { ownEnvironment } from '../env.ts';
import { version } from '../version.ts';
import { addCareCommands } from './care-commands.ts';
import { setConfig, showConfig } from './config.ts';
import { examples } from './examples.ts';
import { join } from './join.ts';
import { leave } from './leave.ts';
import { addLocalCommands } from './local-commands.ts';
import { type Machine, readMachine } from './machine.ts';
import { addModuleCommands } from './module-commands.ts';
import { rotateKey } from './rotate-key.ts';
import { run } from './run.ts';
import type { Given } from './settings.ts';
import { status } from './status.ts';
import { createTalk, type Talk } from './talk.ts';

interface GlobalOptions {
  dir?: string;
  json?: boolean;
  quiet?: boolean;
}

/** The command line of the agent. Commands read their options here and do their work in a file of their own. */
export function createProgram(): Command {
  const program = new Command('nexomatic-sink')
    .description('Runs modules for a Nexomatic hub.')
    .addHelpText('before', examples('join https://hub.example.com/join/nxj_…', 'run', 'status --json'))
    .option('--dir <folder>', 'where identity and settings are kept')
    .option('--json', 'one JSON document on stdout')
    .option('-q, --quiet', 'say nothing but the result')
    .showSuggestionAfterError();
  const given = (): GlobalOptions => program.opts();
  const machine = (): Machine => readMachine(ownEnvironment(), given());
  const talk = (): Talk => createTalk(given());

  program
    .command('join')
    .description('make this machine a sink of a hub, with keys of its own')
    .argument('<token>', 'the address that the hub’s page “Add sink” shows, or the token alone with --hub')
    .option('--hub <url>', 'address of the hub')
    .option('--name <name>', 'name of the sink; this machine’s own without it')
    .option('--label <key=value>', 'label of the sink; may be repeated', collect, [])
    .option('--slots <number>', 'events that it runs at once')
    .option('--modules <folder>', 'folder that holds your modules; one with a sample is made without it')
    .addHelpText(
      'before',
      examples('join https://hub.example.com/join/nxj_…', 'join nxj_… --hub https://hub.example.com'),
    )
    .action(async (token: string, options: { hub?: string; name?: string; label: string[] } & Given) => {
      const { hub, name, label: labels, slots, modules } = options;
      const at = machine();
      const joined = await join(at, token, { hub, name, labels, settings: { slots, modules } });
      const text = `joined ${joined.hubUrl} as ${joined.name} (${joined.type.name}, tenant ${joined.tenant.name}); start with \`nexomatic-sink run\` or \`nexomatic-sink service install\``;
      const { keys: _, ...facts } = joined;
      talk().result(text, { ...facts, folder: at.folders.config });
    });

  program
    .command('run')
    .description('take events from the hub and run their modules, until told to stop (Ctrl-C; twice to stop at once)')
    .option('--slots <number>', 'events at once')
    .option('--modules <folder>', 'folder that holds your modules')
    .option('--python <path>', 'interpreter, or folder of a virtual environment')
    .option('--transport <name>', 'gateway or direct')
    .option('--drain-seconds <number>', 'how long running events may go on after a stop')
    .option('--log-level <level>', 'trace, debug, info, warn, error or silent')
    .option('--log-file <file>', 'add the log to this file instead of printing it')
    .addHelpText('before', examples('run', 'run --slots 8 --modules ./modules'))
    .action((flags: Given & { logFile?: string }) => run(ownEnvironment(), { ...given(), ...flags }));

  program
    .command('status')
    .description('who this sink is, and how the hub sees it')
    .action(() => status(machine(), talk()));

  program
    .command('rotate-key')
    .description('give this sink new keys; an agent that runs takes them up by itself')
    .action(() => rotateKey(machine(), talk()));

  program
    .command('leave')
    .description('take this machine off its hub')
    .option('--force', 'also when the hub can not be told', false)
    .option('--confirm-loss', 'also when no other sink has the value of a secret, which is lost then', false)
    .action((options: { force: boolean; confirmLoss: boolean }) => leave(machine(), options, talk()));

  const config = program.command('config').description('settings of this machine, and where each came from');
  config
    .command('show', { isDefault: true })
    .description('every setting as it counts now')
    .action(() => showConfig(machine(), talk()));
  config
    .command('set')
    .description('write a setting into the config file; an empty value takes it out')
    .argument('<name>')
    .argument('<value>')
    .addHelpText('before', examples('config set slots 8', "config set python ''"))
    .action((name: string, value: string) => setConfig(machine(), name, value, talk()));

  program
    .command('version')
    .description('print the version of this agent')
    .action(() => talk().result(version, { version, node: process.versions.node }));
  addModuleCommands(program, { machine: (flags) => readMachine(ownEnvironment(), { ...given(), ...flags }), talk });
  addLocalCommands(program, { machine, talk });
  addCareCommands(program, { machine, talk });
  return program;
}

function collect(pair: string, before: string[]): string[] {
  if (!pair.includes('=')) throw new InvalidArgumentError('Give key=value.');
  return [...before, pair];
}
