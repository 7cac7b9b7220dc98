import type { RenewOutcome } from '@nexomatic/client/sink-client';
import { fakeClock } from '@nexomatic/clock';
import { leaseMs } from '@nexomatic/contracts/sink-protocol';
import { silentLogger } from '@nexomatic/logger';
import { describe, expect, it } from 'vitest';
import type { ModuleOutcome } from '../runner/runner.ts';
import { RunningAttempt } from '../running-attempt.ts';
import { assignmentOf } from '../testing/run-python.ts';
import { LeaseKeeper } from './keep-leases.ts';

function openKeeper() {
  const clock = fakeClock();
  const calls: number[] = [];
  let answer: RenewOutcome | Error = 'renewed';
  const keeper = new LeaseKeeper({
    clock,
    logger: silentLogger,
    async renew(attempts) {
      calls.push(attempts.length);
      if (answer instanceof Error) throw answer;
      const outcome = answer;
      return attempts.map(() => outcome);
    },
  });

  /** An attempt that never ends by itself, and what it was told. */
  function add(timeoutMs = 600_000) {
    const told: string[] = [];
    const run = { outcome: new Promise<ModuleOutcome>(() => undefined), end: (how: string) => void told.push(how) };
    const now = clock.monotonic();
    const attempt = new RunningAttempt(assignmentOf('m', { timeoutMs }), run, { leaseFrom: now, startedAt: now });
    keeper.add(attempt);
    return { attempt, told };
  }

  /** Lets time pass as the timer would see it. */
  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 250) {
      clock.advance(250);
      await keeper.runOnce();
    }
  }

  return {
    keeper,
    calls,
    add,
    pass,
    clock,
    answerWith: (next: typeof answer) => {
      answer = next;
    },
  };
}

describe('leases', () => {
  it('are renewed for all running attempts by one call each 5 s', async () => {
    const { calls, add, pass } = openKeeper();
    const [first, second] = [add(), add()];
    await pass(60_000);
    expect(calls.length).toBeGreaterThanOrEqual(11);
    expect(calls.length).toBeLessThanOrEqual(13);
    expect(new Set(calls.slice(1))).toEqual(new Set([2]));
    expect([first.attempt.cause, second.attempt.cause]).toEqual([undefined, undefined]);
  });

  it('that can not be renewed end the module at once, 3 s before they run out', async () => {
    const { add, pass, answerWith } = openKeeper();
    const { attempt, told } = add();
    answerWith(new Error('hub unreachable'));
    await pass(leaseMs - 3_000 - 250);
    expect(told).toEqual([]);
    await pass(250);
    expect(attempt.cause).toBe('fenced');
    expect(told[0]).toBe('at_once');
  });

  it('are tried again within a second or so after a failure, so that a short outage ends nothing', async () => {
    const { add, pass, answerWith } = openKeeper();
    const { attempt, told } = add();
    answerWith(new Error('hub unreachable'));
    await pass(10_500);
    answerWith('renewed');
    await pass(60_000);
    expect(attempt.cause).toBeUndefined();
    expect(told).toEqual([]);
  });

  it('count from the moment of asking, not of the answer', async () => {
    const { keeper, add, clock } = openKeeper();
    const { attempt } = add();
    clock.advance(6_000);
    const asked = clock.monotonic();
    const renewal = keeper.runOnce();
    clock.advance(2_000);
    await renewal;
    expect(attempt.leaseFrom).toBe(asked);
  });

  it('end the module at once when the hub says that the attempt is lost', async () => {
    const { add, pass, answerWith } = openKeeper();
    const { attempt, told } = add();
    answerWith('lost');
    await pass(5_500);
    expect(attempt.cause).toBe('lost');
    expect(told[0]).toBe('at_once');
  });

  it('end the module gently when the event was cancelled', async () => {
    const { add, pass, answerWith } = openKeeper();
    const { attempt, told } = add();
    answerWith('cancel');
    await pass(5_500);
    expect(attempt.cause).toBe('cancelled');
    expect(new Set(told)).toEqual(new Set(['gently']));
  });

  it('are not renewed any more for an attempt that has ended', async () => {
    const { keeper, calls, add, pass } = openKeeper();
    const { attempt } = add();
    keeper.remove(attempt);
    await pass(12_000);
    expect(calls).toEqual([]);
  });
});

describe('a time-out', () => {
  it('ends the module gently when its time is over, and not before', async () => {
    const { add, pass } = openKeeper();
    const { attempt, told } = add(7_000);
    await pass(6_750);
    expect(told).toEqual([]);
    await pass(250);
    expect(attempt.cause).toBe('timeout');
    expect(told[0]).toBe('gently');
  });
});
