import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { findPython } from '../runner/find-python.ts';

/** A folder that goes when it is disposed of. */
export async function temporaryFolder(): Promise<AsyncDisposable & { path: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'nexomatic-test-'));
  return { path: folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** Makes a virtual environment in a folder, with a line of code that runs whenever its interpreter starts. Gives its path. */
export async function virtualEnvironment(folder: string, line: string, name = 'venv'): Promise<string> {
  const { executable } = await findPython(undefined);
  const environment = path.join(folder, name);
  await promisify(execFile)(executable, ['-m', 'venv', '--without-pip', environment]);
  const [version = ''] = await readdir(path.join(environment, 'lib'));
  await writeFile(path.join(environment, 'lib', version, 'site-packages', 'test.pth'), `${line}\n`);
  return environment;
}
