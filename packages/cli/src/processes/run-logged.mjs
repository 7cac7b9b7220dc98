import { spawn } from 'node:child_process';
import { appendFileSync, closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StepError } from '../steps.mjs';

/**
 * Runs a program to its end with its output in a log file, and a `StepError` with the last lines when it fails.
 * `onLine` sees each line as it comes (for a step's detail).
 *
 * @param {string} file
 * @param {string[]} args
 * @param {{what: string, logFile: string, cwd?: string, env?: NodeJS.ProcessEnv, fix?: string[], onLine?: (line: string) => void, signal?: AbortSignal, lastLines?: number}} options
 * @returns {Promise<void>}
 */
export function runLogged(file, args, { what, logFile, cwd, env, fix = [], onLine, signal, lastLines: shown = 12 }) {
  mkdirSync(dirname(logFile), { recursive: true, mode: 0o700 });
  closeSync(openSync(logFile, 'w', 0o600));
  return new Promise((resolve, reject) => {
    const failed = (/** @type {string} */ how, /** @type {unknown} */ cause) =>
      reject(new StepError(`${what} ${how}.${lastLines(logFile, shown)}`, { fix, logFile, cause }));
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], signal });
    let rest = '';
    const take = (/** @type {Buffer} */ chunk) => {
      appendFileSync(logFile, chunk);
      if (!onLine) return;
      const lines = (rest + chunk.toString('utf8')).split(/[\r\n]+/);
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) =>
      error.name === 'AbortError' ? reject(error) : failed(`could not be started: ${error.message}`, error),
    );
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else failed(signal ? `was ended by ${signal}` : `failed with exit code ${code}`, undefined);
    });
  });
}

/** @param {string} logFile @param {number} count */
function lastLines(logFile, count) {
  const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-count);
  return lines.join('').trim() === '' ? '' : `\n\n${lines.map((line) => `    | ${line}`).join('\n')}\n`;
}
