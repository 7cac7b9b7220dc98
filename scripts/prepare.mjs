import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSteps } from '../packages/cli/src/steps.mjs';
import { ensureInstalled } from './install.mjs';
import { ensureToolchain } from './toolchain.mjs';

const root = resolve(fileURLToPath(new URL('..', import.meta.url)));

/**
 * What every command of the repository begins with: the pinned runtime and the packages. Then it hands over to
 * `entry`, a TypeScript file that the project's own Node runs as it stands, and ends with its exit code.
 *
 * @param {string} entry path from the root of the repository
 * @param {string[]} args
 */
export async function prepareAndRun(entry, args) {
  const steps = createSteps({ env: process.env });
  try {
    const tools = await ensureToolchain({ root, steps });
    await ensureInstalled({ root, steps, tools });
    handOver(tools, [resolve(root, entry), ...args]);
  } catch (error) {
    process.exitCode = steps.fault(error);
  }
}

/** @param {import('./toolchain.mjs').Toolchain} tools @param {string[]} args */
function handOver(tools, args) {
  const child = spawn(tools.node, args, { cwd: root, env: tools.env, stdio: 'inherit' });
  // A terminal's Ctrl-C reaches the child by itself as well; it takes the second one as the same wish.
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('error', (error) => {
    process.stderr.write(`${tools.node} could not be started: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}
