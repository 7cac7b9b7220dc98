#!/usr/bin/env node
import './small-heap.ts';
import { systemClock } from '@nexomatic/clock';
import { createLogger } from '@nexomatic/logger';
import { Command } from 'commander';
import { AgentError, exitCodes } from './agent-error.ts';
import { readEnv } from './env.ts';
import { runUntilStopped } from './run-until-stopped.ts';
import { version } from './version.ts';

const program = new Command('nexomatic-sink').description('Runs modules for a Nexomatic hub.');

program
  .command('run')
  .description('take events from the hub and run their modules, until told to stop (Ctrl-C; twice to stop at once)')
  .action(run);

program
  .command('version')
  .description('print the version of this agent')
  .action(() => {
    process.stdout.write(`${version}\n`);
  });

async function run(): Promise<void> {
  const outcome = readEnv();
  if (!outcome.ok) return fail(exitCodes.configuration, outcome.faults);
  try {
    await runUntilStopped(outcome.env, createLogger('sink', outcome.env.logLevel), systemClock);
    process.exit(0);
  } catch (error) {
    if (error instanceof AgentError) return fail(error.exitCode, [error.message]);
    throw error;
  }
}

function fail(exitCode: number, faults: string[]): never {
  for (const fault of faults) process.stderr.write(`nexomatic-sink: ${fault}\n`);
  process.exit(exitCode);
}

await program.parseAsync();
