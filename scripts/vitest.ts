import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { failedBrowserFiles, type Report, type Run, type TestCounts, tally } from './test-report.ts';

/** More files of browser tests than this fail for a reason; trying them again would only delay the answer. */
const mostTriedAgain = 3;

/**
 * Runs vitest with its own output on the terminal, and gives the counts. In a run of everything a file of browser tests that
 * failed is tried once more, as a whole and with a product of its own, since its tests build on each other: a browser and the
 * servers behind it never keep the same pace twice. What passes only then is named, so that it is mended.
 */
export async function runVitest(root: string, args: string[]): Promise<TestCounts> {
  const first = await runOnce(root, args, 'tests.json');
  const again = args.length === 0 ? failedBrowserFiles(first) : [];
  if (again.length === 0 || again.length > mostTriedAgain) return tally(first);
  return tally(first, await runOnce(root, ['--project', 'browser', ...again], 'tests-again.json'));
}

async function runOnce(root: string, args: string[], reportName: string): Promise<Run> {
  const reportFile = join(root, 'node_modules', '.cache', 'nexomatic', reportName);
  rmSync(reportFile, { force: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const exitCode = await run(process.execPath, [vitest, 'run', ...reporters, ...args], root);
  return { report: readReport(reportFile), exitCode };
}

function run(file: string, args: string[], cwd: string): Promise<number> {
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }), WRANGLER_SEND_METRICS: 'false' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

function readReport(reportFile: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  } catch {
    return undefined; // vitest did not get as far as a report
  }
}
