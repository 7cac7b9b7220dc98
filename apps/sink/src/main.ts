#!/usr/bin/env node
import './small-heap.ts';
import { CommanderError } from 'commander';
import { AgentError, exitCodes, exitWord } from './agent-error.ts';
import { SettingsError } from './cli/machine.ts';
import { createProgram } from './cli/program.ts';

/** Ends with what the error stands for; what nobody expected is told with its stack. */
function fail(error: unknown): never {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : exitCodes.usage);
  if (!(error instanceof AgentError)) throw error;
  const faults = error instanceof SettingsError ? error.faults : [error.message];
  for (const fault of faults) process.stderr.write(`error ${exitWord(error.exitCode)}: ${fault}\n`);
  process.exit(error.exitCode);
}

const program = createProgram();
for (const command of [program, ...program.commands, ...program.commands.flatMap((one) => one.commands)]) {
  command.exitOverride();
}
try {
  await program.parseAsync();
  process.exit(0);
} catch (error) {
  fail(error);
}
