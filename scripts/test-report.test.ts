import { expect, test } from 'vitest';
import { failedBrowserFiles, type Run, tally } from './test-report.ts';

const page = '/repo/app/page.browser.test.ts';
const rule = '/repo/server/rule.test.ts';

/** A run of these files, each with its tests by their names and how they ended. */
function ran(files: Record<string, Record<string, string>>, exitCode?: number): Run {
  const testResults = Object.entries(files).map(([name, tests]) => {
    const assertionResults = Object.entries(tests).map(([fullName, status]) => ({ fullName, status }));
    const failed = assertionResults.length === 0 || assertionResults.some(({ status }) => status === 'failed');
    return { name, status: failed ? 'failed' : 'passed', assertionResults };
  });
  const failed = testResults.some(({ status }) => status === 'failed');
  return { report: { testResults }, exitCode: exitCode ?? (failed ? 1 : 0) };
}

test('counts what passed, failed and was skipped', () => {
  const counts = tally(ran({ [rule]: { a: 'passed', b: 'failed', c: 'skipped', d: 'pending', e: 'passed' } }));
  expect(counts).toEqual({ passed: 2, failed: 1, skipped: 2, flaky: [] });
});

test('a file that can not be loaded has failed', () => {
  expect(tally(ran({ [rule]: {}, [page]: { a: 'passed' } }))).toMatchObject({ passed: 1, failed: 1 });
});

test('a run that ended badly has failed, though none of its tests has', () => {
  expect(tally(ran({ [rule]: { a: 'passed' } }, 1))).toMatchObject({ passed: 1, failed: 1 });
  expect(tally({ report: undefined, exitCode: 0 })).toMatchObject({ failed: 1 });
  expect(tally(ran({}))).toMatchObject({ failed: 1 });
});

test('files of browser tests that failed are known, and no others', () => {
  expect(failedBrowserFiles(ran({ [page]: { a: 'failed' }, [rule]: { a: 'failed' } }))).toEqual([page]);
  expect(failedBrowserFiles(ran({ [page]: { a: 'passed' } }))).toEqual([]);
  expect(failedBrowserFiles({ report: undefined, exitCode: 1 })).toEqual([]);
});

test('what passes when it is tried again counts as passed and is named', () => {
  const first = ran({ [page]: { a: 'passed', b: 'failed' }, [rule]: { a: 'passed' } });
  const again = ran({ [page]: { a: 'passed', b: 'passed' } });
  expect(tally(first, again)).toEqual({ passed: 3, failed: 0, skipped: 0, flaky: [`${page} > b`] });
});

test('a file that could not be loaded the first time is named itself', () => {
  expect(tally(ran({ [page]: {} }), ran({ [page]: { a: 'passed' } }))).toMatchObject({ failed: 0, flaky: [page] });
});

test('what fails again has failed, as has everything of other kinds', () => {
  const first = ran({ [page]: { a: 'failed' }, [rule]: { a: 'failed' } });
  expect(tally(first, ran({ [page]: { a: 'failed' } }))).toMatchObject({ failed: 2, flaky: [] });
  expect(tally(first, ran({ [page]: { a: 'passed' } }))).toMatchObject({ failed: 1, flaky: [`${page} > a`] });
});

test('a second try that did not get to a report changes nothing', () => {
  const first = ran({ [page]: { a: 'failed', b: 'passed' } });
  expect(tally(first, { report: undefined, exitCode: 1 })).toMatchObject({ passed: 1, failed: 1, flaky: [] });
});
