/** Vitest's report for machines, as far as it is read here. */
export interface Report {
  testResults: FileReport[];
}

interface FileReport {
  /** Path of the file. */
  name: string;
  status: string;
  assertionResults: { fullName: string; status: string }[];
}

/** What a run of vitest came to; without a report it did not get far enough to write one. */
export interface Run {
  report: Report | undefined;
  exitCode: number;
}

export interface TestCounts {
  passed: number;
  failed: number;
  skipped: number;
  /** Names of what passed only when it was tried again. */
  flaky: string[];
}

/** Files of browser tests that failed. */
export function failedBrowserFiles({ report }: Run): string[] {
  const failed = report?.testResults.filter(({ status }) => status === 'failed') ?? [];
  return failed.map(({ name }) => name).filter((name) => /\.browser\.test\.tsx?$/.test(name));
}

/** Counts what a run came to, where what was tried again counts as it went the second time. */
export function tally(first: Run, second?: Run): TestCounts {
  const again = new Map(second?.report?.testResults.map((file) => [file.name, file]));
  const before = first.report?.testResults ?? [];
  const files = before.map((file) => again.get(file.name) ?? file);
  const tests = files.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  // A file that can not be loaded has failed, though it has no failed test.
  const broken = files.filter((file) => file.status === 'failed' && failuresIn(file).length === 0);
  const failedTests = tests.filter(({ status }) => status === 'failed').length;
  const failed = failedTests + broken.length;
  const flaky = before.flatMap((file) => (again.get(file.name)?.status === 'passed' ? failuresOf(file) : []));
  // A run that failed without a failed test (an error outside of any, no tests found, no report) has failed all the same.
  const silent = failed === 0 && (files.length === 0 || (second ?? first).exitCode !== 0);
  return { passed, failed: silent ? 1 : failed, skipped: tests.length - passed - failedTests, flaky };
}

const failuresIn = ({ assertionResults }: FileReport) => assertionResults.filter(({ status }) => status === 'failed');

/** What failed in a file, by name; the file itself when it was not one of its tests. */
function failuresOf(file: FileReport): string[] {
  const tests = failuresIn(file);
  return tests.length === 0 ? [file.name] : tests.map(({ fullName }) => `${file.name} > ${fullName}`);
}
