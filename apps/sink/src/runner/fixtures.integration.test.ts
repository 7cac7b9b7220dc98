import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@nexomatic/clock';
import { silentLogger } from '@nexomatic/logger';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/virtual-environment.ts';
import { createCustomRunner } from './custom.ts';
import { createPowerShellRunner, findPowerShell } from './powershell.ts';
import { createPythonRunner } from './python.ts';
import { runModuleOffline } from './run-module-offline.ts';
import type { ModuleOutcome, Runner } from './runner.ts';
import { openWorkingFolders } from './working-folder.ts';

type Runtime = 'python' | 'powershell' | 'custom';
type Fixture = Record<Runtime, string> & {
  name: string;
  payload?: string;
  parameters?: Record<string, string>;
  secrets?: Record<string, string>;
  expect: {
    outcome: Partial<ModuleOutcome>;
    result?: unknown;
    messageEnds?: string;
    stdout?: string;
    records?: unknown[];
  };
};

const file = fileURLToPath(new URL('../../runners/fixtures.json', import.meta.url));
const fixtures = JSON.parse(await readFile(file, 'utf8')) as Fixture[];
const folder = await temporaryFolder();
const moduleRoot = path.join(folder.path, 'modules');
await mkdir(moduleRoot);
const folders = await openWorkingFolders(path.join(folder.path, 'state'));
const environment = { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' };
const options = { folders, environment, moduleRoots: [moduleRoot], clock: systemClock, logger: silentLogger };
const pwsh = await findPowerShell();

const runners: [string, Runtime, string, () => Promise<Runner>][] = [
  ['Python (fork)', 'python', '.py', () => createPythonRunner({ ...options, python: undefined, start: 'fork' })],
  ['Python (spawn)', 'python', '.py', () => createPythonRunner({ ...options, python: undefined, start: 'spawn' })],
  ['a program', 'custom', '.sh', async () => createCustomRunner(options)],
];
if (pwsh) {
  runners.push([
    'PowerShell',
    'powershell',
    '.ps1',
    async () => createPowerShellRunner({ ...options, powerShell: pwsh }),
  ]);
}

afterAll(async () => {
  await folders.close();
  await folder[Symbol.asyncDispose]();
});

describe.each(runners)('what every runner makes of the same work: %s', async (_name, runtime, ending, create) => {
  const runner = await create();
  afterAll(() => runner.close?.());

  it.each(fixtures)('$name', async (fixture) => {
    const name = `f${fixtures.indexOf(fixture)}`;
    await writeFile(path.join(moduleRoot, name + ending), fixture[runtime], { mode: 0o755 });
    const { outcome, records, stdout } = await runModuleOffline(runner, {
      module: runtime === 'custom' ? name + ending : name,
      payload: Buffer.from(fixture.payload ?? '{}'),
      parameters: fixture.parameters ?? {},
      secrets: fixture.secrets ?? {},
    });
    const { expect: wanted } = fixture;
    expect(outcome).toMatchObject(wanted.outcome);
    if (wanted.messageEnds) expect(outcome.message?.endsWith(wanted.messageEnds)).toBe(true);
    else expect(JSON.parse(outcome.resultJson ?? 'null')).toEqual(wanted.result);
    if (wanted.stdout) expect(stdout).toBe(wanted.stdout);
    if (wanted.records) {
      expect(records.map(({ level, message, fields }) => [level, message, fields ?? null])).toEqual(wanted.records);
    }
  });
});

it.skipIf(!pwsh)(`PowerShell passes the same fixtures${pwsh ? '' : ' (skipped: no pwsh)'}`, () => {
  expect(runners.some(([, runtime]) => runtime === 'powershell')).toBe(true);
});
