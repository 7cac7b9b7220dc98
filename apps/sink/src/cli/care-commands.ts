import type { Command } from 'commander';
import { completion, shells } from './completion.ts';
import { doctor } from './doctor/doctor.ts';
import { examples } from './examples.ts';
import { init, projectKinds } from './init.ts';
import type { Machine } from './machine.ts';
import { installService, type ServiceOptions, serviceStatus, uninstallService } from './service/service.ts';
import type { Talk } from './talk.ts';

interface Given {
  machine(): Machine;
  talk(): Talk;
}

/** The commands that look after an agent, beside those that make and run it. */
export function addCareCommands(program: Command, { machine, talk }: Given): void {
  program
    .command('doctor')
    .description('look at everything that a sink needs, and say what to do about what is wrong')
    .option(
      '--tcp <host:port>',
      'also whether that can be reached; may be repeated',
      (one, all: string[]) => [...all, one],
      [],
    )
    .addHelpText('before', examples('doctor', 'doctor --tcp db.internal:5432'))
    .action((options: { tcp: string[] }) => doctor(machine(), options, talk()));

  program
    .command('init')
    .description('make a folder of modules with one to begin with')
    .argument('<kind>', projectKinds.join(' or '))
    .argument('[folder]', 'where', 'modules')
    .addHelpText('before', examples('init python ./modules'))
    .action((kind: string, folder: string) => init(kind, folder, talk()));

  addServiceCommands(program, { machine, talk });

  program
    .command('completion')
    .description('print the script that lets a shell complete these commands')
    .argument('<shell>', shells.join(', '))
    .addHelpText('before', examples('completion bash > /etc/bash_completion.d/nexomatic-sink'))
    .action((shell: string) => void process.stdout.write(completion(program, shell)));
}

function addServiceCommands(program: Command, { machine, talk }: Given): void {
  const service = program.command('service').description('the agent as a service that starts with the machine');
  const commands: [string, string, (at: Machine, options: ServiceOptions, to: Talk) => Promise<void>][] = [
    ['install', 'write the definition (systemd, launchd or Task Scheduler) and start it', installService],
    ['uninstall', 'stop it and take the definition away', uninstallService],
    ['status', 'whether it is there and runs', serviceStatus],
  ];
  for (const [name, description, work] of commands) {
    service
      .command(name)
      .description(description)
      .option('--user', 'for your account alone, not for the machine', false)
      .option('--run-as <account>', 'account that it runs as; one of its own without it')
      .option('--platform <name>', 'linux, darwin or win32: with --dry-run, to print what another system would get')
      .option('--dry-run', 'print the definition and change nothing', false)
      .addHelpText('before', examples(`service ${name}`, `service ${name} --dry-run`))
      .action((options: ServiceOptions) => work(machine(), options, talk()));
  }
}
