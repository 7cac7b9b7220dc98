import { defineSink, type SinkFunction } from '@nexomatic/client/define-sink';
import { fakeClock } from '@nexomatic/clock';
import { describe, expect, it } from 'vitest';
import { AttemptLog } from '../logs/attempt-log.ts';
import type { NumberedChunk } from '../logs/chunker.ts';
import { assignmentOf } from '../testing/run-python.ts';
import { createDefinedRunner, createInlineRunner } from './inline.ts';
import { readLog, runModuleOffline } from './run-module-offline.ts';
import type { ModuleAssignment } from './runner.ts';

function start(module: SinkFunction, given: Partial<ModuleAssignment> = {}) {
  const chunks: NumberedChunk[] = [];
  const log = new AttemptLog({
    clock: fakeClock(),
    async send(more) {
      chunks.push(...more);
      return 'stored';
    },
    onFailure(error) {
      throw error;
    },
  });
  const run = createInlineRunner({ 'test.run': module }).start(assignmentOf('test.run', given), log);
  async function records() {
    await log.close();
    return readLog(chunks).records;
  }
  return { run, log, records };
}

describe('a TypeScript module in the agent', () => {
  it('succeeds with what it returns, and with null when it returns nothing', async () => {
    expect(await start(() => ({ a: 1 })).run.outcome).toEqual({ state: 'SUCCESS', resultJson: '{"a":1}' });
    expect(await start(async () => undefined).run.outcome).toEqual({ state: 'SUCCESS' });
  });

  it('gets payload, parameters and ids', async () => {
    const { run } = start((ctx) => [ctx.payload, ctx.params, ctx.attempt, ctx.eventType, ctx.payloadBytes.length], {
      payload: { utf8: '{"x":[1]}' },
      parameters: [{ key: 'k', kind: 'STATIC', origin: 'action', json: '"v"' }],
    });
    expect((await run.outcome).resultJson).toBe('[{"x":[1]},{"k":"v"},1,"test.received",9]');
  });

  it('ends as ERROR when it throws, with the stack in the log', async () => {
    const { run, records } = start(() => {
      throw new RangeError('too far');
    });
    expect(await run.outcome).toEqual({ state: 'ERROR', reason: 'exception', message: 'RangeError: too far' });
    expect((await records())[0]?.message).toMatch(/^RangeError: too far\n {4}at /);
  });

  it('ends as WARNING when it warns', async () => {
    const { run } = start((ctx) => ctx.warn('careful'));
    expect(await run.outcome).toEqual({ state: 'WARNING', message: 'careful' });
  });

  it('ends as result_invalid when its value has no JSON form', async () => {
    const { run } = start(() => 5n);
    expect(await run.outcome).toMatchObject({ state: 'ERROR', reason: 'result_invalid' });
  });

  it('is told to stop by its signal, and its attempt ends even if it goes on', async () => {
    let signal: AbortSignal | undefined;
    const { run } = start((ctx) => {
      ({ signal } = ctx);
      return new Promise(() => undefined);
    });
    run.end('gently');
    expect(await run.outcome).toEqual({ state: 'ERROR' });
    expect(signal?.aborted).toBe(true);
  });

  it('that the sink does not have ends as module_not_found, naming those that it has', async () => {
    const log = start(() => 1).log;
    const { outcome } = createInlineRunner({ 'a.b': () => 1 }).start(assignmentOf('toString'), log);
    expect(await outcome).toEqual({
      state: 'ERROR',
      reason: 'module_not_found',
      message: 'there is no module toString in this sink; it has: a.b',
    });
  });
});

describe('a sink that is defined in TypeScript', () => {
  it('gets whatever its events name, and has the means that modules in Python have', async () => {
    const sink = defineSink({
      type: 'ORDERS',
      run(ctx) {
        ctx.log.info('at work', { module: ctx.module });
        ctx.progress(0.5);
        ctx.warn('careful');
        return [ctx.module, ctx.params, ctx.payload, ctx.secret('key').length, ctx.cancelled];
      },
    });
    const { outcome, records } = await runModuleOffline(createDefinedRunner(sink), {
      module: 'orders.ship',
      payload: Buffer.from('[1]'),
      parameters: { carrier: '"post"' },
      secrets: { key: 's3cret' },
    });
    expect(outcome).toEqual({
      state: 'WARNING',
      message: 'careful',
      resultJson: '["orders.ship",{"carrier":"post"},[1],6,false]',
    });
    expect(records.map(({ level, message, fields }) => [level, message, fields])).toEqual([
      ['info', 'at work', { module: 'orders.ship' }],
      ['info', '50 %', { progress: 0.5 }],
      ['warn', 'careful', undefined],
    ]);
  });
});
