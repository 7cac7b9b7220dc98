import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Vitest's report for machines, as far as it is read here. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/** Runs vitest with its own output on the terminal, and gives the counts. */
export async function runVitest(root: string, args: string[]): Promise<TestCounts> {
  const reportFile = join(root, 'node_modules', '.cache', 'nexomatic', 'tests.json');
  rmSync(reportFile, { force: true });
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const exitCode = await run(process.execPath, [vitest, 'run', ...reporters, ...args], root);
  const counts = readCounts(reportFile);
  // A run that failed without a failed test (an error outside of any, no tests found) has failed all the same.
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
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

function readCounts(reportFile: string): TestCounts {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }; // vitest did not get as far as a report
  }
  // A file that can not be loaded has failed, though it has no failed test.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
