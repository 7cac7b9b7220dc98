import { fork } from 'node:child_process';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { childEnv } from '../env.ts';
import type { Calls, Reply } from './calls.ts';
import { endsWithin } from './ends-within.ts';

export interface Child<C extends Calls<C>> extends AsyncDisposable {
  readonly pid: number;
  /** Rejects with the child's own words, or when the child ends before it has answered. */
  ask<Name extends keyof C & string>(name: Name, input: C[Name]['input']): Promise<C[Name]['output']>;
}

interface Pending {
  resolve(output: unknown): void;
  reject(error: Error): void;
}

const graceMs = 10_000;

/** Starts one of this package's own programs and settles when it can be asked. Its output goes to `<name>.log`. */
export async function startChild<C extends Calls<C>>(options: {
  name: string;
  program: URL;
  settings: unknown;
  folder: string;
  nodeOptions?: string[];
}): Promise<Child<C>> {
  const { name, program, settings, folder, nodeOptions = [] } = options;
  const logFile = join(folder, `${name}.log`);
  const log = openSync(logFile, 'w');
  const child = fork(program, [JSON.stringify(settings)], {
    env: childEnv,
    execArgv: nodeOptions,
    stdio: ['ignore', log, log, 'ipc'],
  });
  const pending = new Map<number, Pending>();
  let lastId = 0;

  function giveUp(how: string): void {
    for (const { reject } of pending.values()) reject(new Error(`${name} ${how}; its output: ${logFile}`));
    pending.clear();
  }

  child.on('message', (reply: Reply) => {
    const waiting = pending.get(reply.id);
    pending.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply.output);
    else waiting?.reject(new Error(`${name}: ${reply.message}`));
  });
  child.on('error', (error) => giveUp(`failed: ${error.message}`));
  child.on('exit', (code, signal) => giveUp(`ended early with ${signal ?? `exit code ${code}`}`));

  await new Promise<unknown>((resolve, reject) => pending.set(0, { resolve, reject }));
  return {
    pid: child.pid ?? 0,
    ask(question, input) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        pending.set(id, { resolve: (output) => resolve(output as C[typeof question]['output']), reject });
        child.send({ id, name: question, input });
      });
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect();
      if (!(await endsWithin(child, graceMs))) child.kill('SIGKILL');
    },
  };
}
