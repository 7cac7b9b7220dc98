import { afterAll, expect, it } from 'vitest';
import { openPythonBench } from '../testing/run-python.ts';

const bench = await openPythonBench();
afterAll(() => bench[Symbol.asyncDispose]());

const mebibyte = 1024 * 1024;

it('keeps 16 MiB of a flood, marks the cut, and lets the module end normally', async () => {
  await bench.module(
    'floods',
    `
import sys
def run(ctx):
    line = "x" * 1023 + "\\n"
    for _ in range(40 * 1024):
        sys.stdout.write(line)
    return "ended"
`,
  );
  const { outcome, stdout, records, chunks } = await bench.run('floods');
  expect(outcome).toMatchObject({ state: 'SUCCESS', resultJson: '"ended"' });
  expect(stdout.length).toBeGreaterThan(15.9 * mebibyte);
  expect(stdout.length).toBeLessThanOrEqual(16 * mebibyte);
  expect(records.map(({ message }) => message)).toEqual([
    'Log truncated at 16 MiB: what follows is not kept.',
    `${(40 * mebibyte - stdout.length).toLocaleString('en')} bytes of log were dropped here: the log was full.`,
  ]);
  expect(chunks.map(({ seq }) => seq)).toEqual(chunks.map((_, index) => index + 1));
});

it('carries binary output and a line of many megabytes byte for byte', async () => {
  await bench.module(
    'binary',
    'import sys\ndef run(ctx):\n    sys.stdout.buffer.write(bytes(range(256)) * 4096 * 4)\n',
  );
  const { chunks } = await bench.run('binary');
  const bytes = Buffer.concat(chunks.map((chunk) => chunk.bytes));
  expect(bytes.equals(Buffer.alloc(4 * mebibyte, Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))))).toBe(
    true,
  );
});
