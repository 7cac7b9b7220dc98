import type { Command } from 'commander';
import { completion, shells } from './completion.ts';
import { doctor } from './doctor/doctor.ts';
import { examples } from './examples.ts';
import { init, projectKinds } from './init.ts';
import type { Machine } from './machine.ts';
import { addServiceCommands } from './service-commands.ts';
import type { Talk } from './talk.ts';
import { upgrade } from './upgrade.ts';

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
    .command('upgrade')
    .description('bring this agent to the version of its hub')
    .option('--check', 'only say whether there is another, and end with 6 if so', false)
    .addHelpText('before', examples('upgrade --check', 'upgrade'))
    .action((options: { check: boolean }) => upgrade(machine(), options, talk()));

  program
    .command('completion')
    .description('print the script that lets a shell complete these commands')
    .argument('<shell>', shells.join(', '))
    .addHelpText('before', examples('completion bash > /etc/bash_completion.d/nexomatic-sink'))
    .action((shell: string) => void process.stdout.write(completion(program, shell)));
}
