import { afterAll, describe, expect, it } from 'vitest';
import { openPythonBench } from '../testing/run-python.ts';
import { temporaryFolder, virtualEnvironment } from '../testing/virtual-environment.ts';

const folder = await temporaryFolder();
afterAll(() => folder[Symbol.asyncDispose]());

const tells = 'import sys\ndef run(ctx):\n    return [getattr(sys, "mark", None), sys.prefix]';

describe.each(['fork', 'spawn'] as const)('virtual environments (%s)', (start) => {
  it('one may be set for the whole sink, by its folder', async () => {
    const python = await virtualEnvironment(folder.path, 'import sys; sys.mark = "whole"', `whole-${start}`);
    await using bench = await openPythonBench({ start, python });
    await bench.module('tells', tells);
    expect((await bench.run('tells')).outcome.resultJson).toBe(JSON.stringify(['whole', python]));
  });

  it('one in a module folder is taken for the modules of that folder, from the moment it is there', async () => {
    await using bench = await openPythonBench({ start });
    await bench.module('tells', tells);
    expect(JSON.parse((await bench.run('tells')).outcome.resultJson ?? '')[0]).toBeNull();
    const own = await virtualEnvironment(bench.moduleRoot, 'import sys; sys.mark = "own"', '.venv');
    expect((await bench.run('tells')).outcome.resultJson).toBe(JSON.stringify(['own', own]));
  });
});
