import { expect, it } from 'vitest';
import { reportOf } from './report-of.ts';
import { assignmentOf } from './testing/run-python.ts';

const assignment = assignmentOf('m', { timeoutMs: 1_500 });
const { eventId } = assignment;

it('carries the result as text and leaves out what does not apply', () => {
  expect(reportOf(assignment, { state: 'SUCCESS', resultJson: '1' }, undefined, 7)).toEqual({
    eventId,
    attempt: 1,
    state: 'SUCCESS',
    result: { utf8: '1' },
    lastLogSeq: 7,
  });
});

it('reports a time-out as ERROR with the limit, even if the module then ended well', () => {
  expect(reportOf(assignment, { state: 'SUCCESS', resultJson: '1', exitCode: 0 }, 'timeout', 0)).toEqual({
    eventId,
    attempt: 1,
    state: 'ERROR',
    reason: 'timeout',
    message: 'it ran longer than the limit of 1.5 s and was ended',
    exitCode: 0,
    lastLogSeq: 0,
  });
});

it('reports a cancelled attempt as ERROR', () => {
  const report = reportOf(assignment, { state: 'ERROR', reason: 'killed' }, 'cancelled', 0);
  expect(report).toMatchObject({ state: 'ERROR', reason: 'cancelled' });
});

it('cuts a message to what the hub takes', () => {
  const { message } = reportOf(
    assignment,
    { state: 'ERROR', reason: 'exception', message: 'x'.repeat(3_000) },
    undefined,
    0,
  );
  expect(message).toBe(`${'x'.repeat(1_999)}…`);
});
