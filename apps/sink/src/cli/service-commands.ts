import { type Command, InvalidArgumentError } from 'commander';
import { examples } from './examples.ts';
import type { Machine } from './machine.ts';
import type { ServiceOptions } from './service/define-service.ts';
import { serviceLogs, startService, stopService } from './service/run-service.ts';
import { installService, serviceStatus, uninstallService } from './service/service.ts';
import type { Talk } from './talk.ts';

interface Given {
  machine(): Machine;
  talk(): Talk;
}

type Work = (at: Machine, options: ServiceOptions, to: Talk) => Promise<void>;

const works: [string, string, Work][] = [
  ['install', 'write the definition (systemd, launchd or Task Scheduler) and start it', installService],
  ['uninstall', 'stop it and take the definition away', uninstallService],
  ['start', 'start it', startService],
  ['stop', 'stop it until it is started again, or the machine is', stopService],
  ['status', 'whether it is there and runs', serviceStatus],
];

/** The agent as a service of the machine. */
export function addServiceCommands(program: Command, { machine, talk }: Given): void {
  const service = program.command('service').description('the agent as a service that starts with the machine');
  const add = (name: string, description: string): Command =>
    service
      .command(name)
      .description(description)
      .option('--user', 'for your account alone, not for the machine', false)
      .option('--run-as <account>', 'account that it runs as; one of its own without it')
      .option('--platform <name>', 'linux, darwin or win32: with --dry-run, to print what another system would get')
      .option('--dry-run', 'print the definition, or the command, and change nothing', false)
      .addHelpText('before', examples(`service ${name}`, `service ${name} --dry-run`));
  for (const [name, description, work] of works) {
    add(name, description).action((options: ServiceOptions) => work(machine(), options, talk()));
  }
  add('logs', 'the last lines of its log')
    .option('-n, --lines <number>', 'how many', readLines, 100)
    .option('-f, --follow', 'go on with every new line, until Ctrl-C', false)
    .action((options: ServiceOptions & { lines: number; follow: boolean }) => serviceLogs(machine(), options, talk()));
}

function readLines(text: string): number {
  const lines = Number(text);
  if (Number.isInteger(lines) && lines >= 1 && lines <= 100_000) return lines;
  throw new InvalidArgumentError('Give a number from 1 to 100000.');
}
