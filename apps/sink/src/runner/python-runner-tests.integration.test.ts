import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Logger } from '@nexomatic/logger';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { describe, expect, it } from 'vitest';
import { openPythonBench } from '../testing/run-python.ts';
import { findPython } from './find-python.ts';

const folder = fileURLToPath(new URL('../../runners/python', import.meta.url));

/** The usual one, and every other version that this machine has by its name. */
const names = [undefined, 'python3.9', 'python3.10', 'python3.11', 'python3.12', 'python3.13'];
const found = await Promise.all(names.map((name) => findPython(name).catch(() => undefined)));
const pythons = [...new Map(found.flatMap((python) => (python ? [[python.version, python]] : []))).values()];

describe.each(pythons)('Python $version', ({ executable }) => {
  it('passes the unit tests of the runner', async () => {
    const args = ['-B', '-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'];
    const { stderr } = await promisify(execFile)(executable, args, { cwd: folder });
    expect(stderr).toMatch(/Ran \d\d tests in .*\n\nOK\n$/);
  });

  it('runs modules by fork server, warm ones and edited ones', async () => {
    const unfit: unknown[] = [];
    const listen = (fields: object, event: string) => event === 'fork_server.unfit' && unfit.push(fields);
    const logger = { info: listen, warn: listen } as unknown as Logger;
    await using bench = await openPythonBench({ python: executable, start: 'fork', logger });
    for (const value of [1, 2]) {
      await bench.module(
        'edited',
        `import asyncio, os\nBY = os.getpid()\ndef run(ctx):\n    return [${value}, BY == os.getppid()]`,
      );
      await waitFor(
        async () => {
          const [seen, warm] = JSON.parse((await bench.run('edited')).outcome.resultJson ?? '[]');
          expect(seen).toBe(value);
          return warm;
        },
        { what: 'a server that has imported the module' },
      );
    }
    expect(unfit.filter((one) => !JSON.stringify(one).includes('only just changed'))).toEqual([]);
  });
});

it('names what was tried when there is no usable Python', async () => {
  await expect(findPython('/nowhere/python3')).rejects.toThrow(
    'no Python 3.9 or newer was found (/nowhere/python3: spawn /nowhere/python3 ENOENT). Install python3, or set NEXOMATIC_PYTHON to its path.',
  );
});
