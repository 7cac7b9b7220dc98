import { describe, expect, it } from 'vitest';
import { type ProcessExit, processOutcome } from './process-outcome.ts';

const exit = (given: Partial<ProcessExit> = {}): ProcessExit => ({ code: 0, signal: null, lingered: false, ...given });
const result = (json: string) => ({ final: { type: 'result' as const, json }, warning: undefined });
const nothing = { final: undefined, warning: undefined };

describe('the outcome of a process', () => {
  it('is success with null when it exits with 0 and said nothing', () => {
    expect(processOutcome(nothing, exit())).toEqual({ state: 'SUCCESS', exitCode: 0 });
  });

  it('is its result, as the text that the runner wrote', () => {
    expect(processOutcome(result('{"n":1.0}'), exit())).toEqual({
      state: 'SUCCESS',
      resultJson: '{"n":1.0}',
      exitCode: 0,
    });
  });

  it('is a warning when it warned and ended well, with or without a result', () => {
    expect(processOutcome({ final: undefined, warning: 'low' }, exit())).toEqual({
      state: 'WARNING',
      message: 'low',
      exitCode: 0,
    });
  });

  it('is an error when it exits with another code, whatever it said before', () => {
    expect(processOutcome(result('1'), exit({ code: 75 }))).toEqual({
      state: 'ERROR',
      reason: 'exit_code',
      message: 'the process exited with code 75',
      exitCode: 75,
    });
  });

  it('is an error when a signal ended it, with a hint where the kernel may have done it', () => {
    const killed = (signal: NodeJS.Signals) => processOutcome(nothing, exit({ code: null, signal }));
    expect(killed('SIGKILL').message).toBe('the process was killed by SIGKILL (out of memory?)');
    expect(killed('SIGSEGV')).toEqual({
      state: 'ERROR',
      reason: 'killed',
      message: 'the process was killed by SIGSEGV',
    });
  });

  it('is the error that it told of, even if it then exits with another code', () => {
    const final = { type: 'error' as const, reason: 'exception' as const, message: 'ValueError: x' };
    expect(processOutcome({ final, warning: 'w' }, exit({ code: 1 }))).toEqual({
      state: 'ERROR',
      reason: 'exception',
      message: 'ValueError: x',
      exitCode: 1,
    });
  });

  it('is its result when it did not exit afterwards and we ended it', () => {
    const lingering = exit({ code: null, signal: 'SIGTERM', lingered: true });
    expect(processOutcome(result('1'), lingering)).toEqual({ state: 'SUCCESS', resultJson: '1' });
  });

  it.each([
    ['{"a":', /^the result is not JSON: /],
    ['['.repeat(65) + ']'.repeat(65), /^the result has more than 64 levels$/],
    [`"${'x'.repeat(1024 * 1024)}"`, /^the result has 1,048,578 bytes of JSON; 1,048,576 are allowed$/],
  ])('is result_invalid when the result can not be kept (%#)', (json, message) => {
    const outcome = processOutcome(result(json), exit());
    expect(outcome).toMatchObject({ state: 'ERROR', reason: 'result_invalid' });
    expect(outcome.message).toMatch(message);
  });

  it('takes brackets inside of text for what they are', () => {
    expect(processOutcome(result(JSON.stringify('[{"\\'.repeat(50))), exit()).state).toBe('SUCCESS');
  });
});
