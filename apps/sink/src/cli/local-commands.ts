import type { Command } from 'commander';
import { examples } from './examples.ts';
import { drainAgent, listRunning, reloadAgent, setPaused } from './local/control-agent.ts';
import { top } from './local/top.ts';
import type { Machine } from './machine.ts';
import type { Talk } from './talk.ts';

/** The commands that talk to the agent that runs on this machine. */
export function addLocalCommands(program: Command, { machine, talk }: { machine(): Machine; talk(): Talk }): void {
  program
    .command('pause')
    .description('take no more work until resumed, also after a restart; what runs goes on')
    .action(() => setPaused(machine(), 'pause', talk()));
  program
    .command('resume')
    .description('take work again')
    .action(() => setPaused(machine(), 'resume', talk()));
  program
    .command('drain')
    .description('take no more work, finish what runs, and end the agent')
    .option('--wait', 'come back when it has ended', false)
    .addHelpText('before', examples('drain', 'drain --wait'))
    .action((options: { wait: boolean }) => drainAgent(machine(), options, talk()));
  program
    .command('reload')
    .description('finish what runs, and begin anew with settings that are read anew; SIGHUP does the same')
    .action(() => reloadAgent(machine(), talk()));
  program
    .command('ps')
    .description('what the agent runs now')
    .action(() => listRunning(machine(), talk()));
  program
    .command('top')
    .description('the same as it changes, until q or Ctrl-C')
    .action(() => top(machine()));
}
