import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { findPython } from './find-python.ts';

const folder = fileURLToPath(new URL('../../runners/python', import.meta.url));

it('passes the unit tests of the Python runner', async () => {
  const { executable } = await findPython(undefined);
  const args = ['-B', '-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'];
  const { stderr } = await promisify(execFile)(executable, args, { cwd: folder });
  expect(stderr).toMatch(/Ran \d\d tests in .*\n\nOK\n$/);
});

it('names what was tried when there is no usable Python', async () => {
  await expect(findPython('/nowhere/python3')).rejects.toThrow(
    'no Python 3.9 or newer was found (/nowhere/python3: spawn /nowhere/python3 ENOENT). Install python3, or set NEXOMATIC_PYTHON to its path.',
  );
});
