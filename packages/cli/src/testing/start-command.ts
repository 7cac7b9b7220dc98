import { spawn } from 'node:child_process';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { env as own } from '../env.ts';

/** What a command is to see of the environment, and code that was compiled before. */
export const surroundings = (env: Record<string, string | undefined>) => ({
  NODE_COMPILE_CACHE: own.NODE_COMPILE_CACHE,
  ...env,
});

/** Starts a command that goes on, and tells what it has said so far. */
export function startCommand([node = '', ...words]: string[], env: Record<string, string | undefined>) {
  const child = spawn(node, words, { env: surroundings(env) });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    said.out += piece;
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    said.err += piece;
  });
  const shows = (text: string) => {
    const isShown = () => said.out.includes(text) || said.err.includes(text);
    return waitFor(isShown, { what: `it to show ${text}`, timeoutMs: 60_000 });
  };
  return { child, said, shows, ended: new Promise<number | null>((resolve) => child.once('close', resolve)) };
}
