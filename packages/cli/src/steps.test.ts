import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createSteps, StepError } from './steps.mjs';

/** A stream that keeps what is written, with or without the looks of a terminal. */
function paper(isTTY: boolean): { out: NodeJS.WriteStream; text(): string } {
  let text = '';
  const out = Object.assign(new EventEmitter(), {
    isTTY,
    columns: 80,
    write: (more: string) => {
      text += more;
      return true;
    },
  });
  return { out: out as unknown as NodeJS.WriteStream, text: () => text };
}

test('a step is one line with its sign, name, text and time', async () => {
  const { out, text } = paper(false);
  const steps = createSteps({ env: {}, out });
  const result = await steps.during(
    'schema',
    'migrating',
    async () => 3,
    (count) => `${count} migrations applied`,
  );
  expect(result).toBe(3);
  expect(text()).toMatch(/^ {2}✓ schema {5}3 migrations applied {2,}\d+\.\ds\n$/);
});

test('a step that throws is shown as failed and throws on', async () => {
  const { out, text } = paper(false);
  const steps = createSteps({ env: {}, out });
  const fails = steps.during(
    'hub',
    'starting',
    () => Promise.reject(new Error('no')),
    () => 'ready',
  );
  await expect(fails).rejects.toThrow('no');
  expect(text()).toContain('✗ hub        starting: failed');
});

test('a fault tells what failed, what to do and where the whole output is, and gives the exit code', () => {
  const { out, text } = paper(false);
  const fault = new StepError('Port 4600 is taken.', { fix: ['Give another.'], logFile: '/x/dev.log', exitCode: 3 });
  expect(createSteps({ env: {}, out }).fault(fault)).toBe(3);
  expect(text()).toBe('\n  Port 4600 is taken.\n    Give another.\n    The whole output: /x/dev.log\n\n');
});

test.each([
  ['a terminal', true, {}, true],
  ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, false],
  ['a terminal that can not', true, { TERM: 'dumb' }, false],
  ['continuous integration', true, { CI: 'true' }, false],
  ['a file', false, {}, false],
  ['a file with FORCE_COLOR', false, { FORCE_COLOR: '1' }, true],
])('%s is written to in colour only where it may be', (_, isTTY, env, coloured) => {
  const { out, text } = paper(isTTY);
  createSteps({ env, out }).step('hub', 'starting').done('ready');
  expect(text().includes('\u001b[32m')).toBe(coloured);
});
