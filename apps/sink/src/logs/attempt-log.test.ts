import { fakeClock } from '@nexomatic/clock';
import { describe, expect, it } from 'vitest';
import { AttemptLog, type AttemptLogOptions } from './attempt-log.ts';
import type { NumberedChunk } from './chunker.ts';

type Limits = NonNullable<AttemptLogOptions['limits']>;

/** A log whose hub answers only when it is told to. */
function openLog(limits: Limits = {}) {
  const sent: NumberedChunk[] = [];
  const failures: unknown[] = [];
  const waiting: PromiseWithResolvers<'stored' | 'refused'>[] = [];
  let answering: 'stored' | 'refused' | Error | undefined = 'stored';
  const log = new AttemptLog({
    clock: fakeClock(5),
    async send(chunks) {
      sent.push(...chunks);
      if (answering instanceof Error) throw answering;
      if (answering) return answering;
      const held = Promise.withResolvers<'stored' | 'refused'>();
      waiting.push(held);
      return held.promise;
    },
    onFailure: (error) => failures.push(error),
    limits,
  });
  return {
    log,
    sent,
    failures,
    answer(how: typeof answering) {
      answering = how;
      if (typeof how === 'string') for (const { resolve } of waiting.splice(0)) resolve(how);
    },
    messages: () =>
      sent
        .filter(({ channel }) => channel === 'record')
        .flatMap(({ bytes }) => Buffer.from(bytes).toString().trim().split('\n'))
        .map((line) => (JSON.parse(line) as { message: string }).message),
    stdoutBytes: () =>
      sent.filter(({ channel }) => channel === 'stdout').reduce((sum, { bytes }) => sum + bytes.length, 0),
  };
}

/** What stands in for a pipe. */
function openSource() {
  const calls: string[] = [];
  const paused = Promise.withResolvers<void>();
  const resumed = Promise.withResolvers<void>();
  return {
    calls,
    paused: paused.promise,
    resumed: resumed.promise,
    pause() {
      calls.push('pause');
      paused.resolve();
    },
    resume() {
      calls.push('resume');
      resumed.resolve();
    },
  };
}

describe('the log of an attempt', () => {
  it('makes no call when nothing was written', async () => {
    const { log, sent } = openLog();
    expect(await log.close()).toBe(0);
    expect(sent).toEqual([]);
  });

  it('sends what was written at its end and gives the last number', async () => {
    const { log, sent } = openLog();
    log.raw('stdout', Buffer.from('out'));
    log.record({ level: 'info', message: 'm', fields: { a: 1 } });
    expect(await log.close()).toBe(2);
    expect(sent.map(({ seq, at, bytes }) => [seq, at, Buffer.from(bytes).toString()])).toEqual([
      [1, 5, 'out'],
      [2, 5, '{"at":5,"level":"info","message":"m","fields":{"a":1}}\n'],
    ]);
  });

  it('sends nothing more once the hub has refused it', async () => {
    const { log, sent, answer } = openLog();
    answer('refused');
    log.raw('stdout', Buffer.alloc(300 * 1024, 'a\n'));
    log.raw('stdout', Buffer.alloc(300 * 1024, 'b\n'));
    await log.close();
    log.raw('stdout', Buffer.from('late\n'));
    await log.close();
    expect(sent.some(({ bytes }) => bytes.includes(0x62))).toBe(false);
  });

  it('goes on without the rest when chunks can not be sent, and says so once', async () => {
    const { log, failures, answer } = openLog();
    log.raw('stdout', Buffer.alloc(300 * 1024, 'a\n'));
    answer(new Error('no hub'));
    log.raw('stdout', Buffer.alloc(300 * 1024, 'b\n'));
    // Numbers of what was lost are used up, so that a reader sees the gap.
    expect(await log.close()).toBe(10);
    expect(failures).toEqual([new Error('no hub')]);
  });

  it('keeps no more than its cap, but always how the attempt ended', async () => {
    const { log, messages, stdoutBytes } = openLog({ capBytes: 1_000 });
    for (let count = 0; count < 10; count += 1) log.raw('stdout', Buffer.alloc(300, 'x'));
    log.lastWord({ level: 'error', message: 'Traceback' });
    await log.close();
    expect(stdoutBytes()).toBe(900);
    expect(log.written).toBe(3_000);
    expect(messages()).toEqual([
      'Log truncated at 1,000 bytes: what follows is not kept.',
      '2,100 bytes of log were dropped here: the log was full.',
      'Traceback',
    ]);
  });

  it('stops at the limit of its tenant, says so once, and counts the lines that it drops', async () => {
    const { log, sent, messages } = openLog({ capBytes: 1024 * 1024, ofTenant: true });
    for (let count = 0; count < 20; count += 1) log.raw('stdout', Buffer.from(`${'x'.repeat(1_023)}\n`.repeat(64)));
    log.lastWord({ level: 'error', message: 'Traceback' });
    await log.close();
    expect(messages()).toEqual([
      'Log truncated at 1 MiB (limit of this tenant): what follows is not kept.',
      '262,144 bytes of log were dropped here: the log was full.',
      'Traceback',
    ]);
    expect(sent.slice(-3).map(({ linesBefore, lost }) => [linesBefore, lost])).toEqual([
      [1_024, { lines: 0, why: 'truncated at 1 MiB (limit of this tenant)' }],
      [1_025, { lines: 256, why: 'the log was full' }],
      [1_281, undefined],
    ]);
    expect(log.lines).toBe(1_282);
  });

  it('holds the module up while the hub takes nothing, and lets it go on when there is room', async () => {
    const { log, answer } = openLog({ fullBytes: 500 * 1024 });
    const source = openSource();
    log.holdsUp(source);
    answer(undefined);
    log.raw('stdout', Buffer.alloc(300 * 1024, 'x\n'));
    expect(source.calls).toEqual([]);
    log.raw('stdout', Buffer.alloc(600 * 1024, 'x\n'));
    expect(source.calls).toEqual(['pause']);
    expect(log.holding).toBe(true);
    answer('stored');
    await source.resumed;
    expect(await log.close()).toBeGreaterThan(0);
    expect(log.holding).toBe(false);
  });

  it('holds the module up no longer than its limit, then drops and says how much', async () => {
    const { log, sent, answer, messages, stdoutBytes } = openLog({ fullBytes: 1_000, longestHoldMs: 1 });
    const source = openSource();
    log.holdsUp(source);
    answer(undefined);
    log.raw('stdout', Buffer.alloc(2_000, 'x\n'));
    await source.resumed;
    log.raw('stdout', Buffer.alloc(3_000, 'y\n'));
    answer('stored');
    await log.close();
    expect(stdoutBytes()).toBe(2_000);
    expect(messages()).toEqual(['3,000 bytes of log were dropped here: the hub took no log for a while.']);
    expect(sent.at(-1)?.lost).toEqual({ lines: 1_500, why: 'the hub took no log for a while' });
  });
});
