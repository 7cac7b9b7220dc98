import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@nexomatic/clock';
import { silentLogger } from '@nexomatic/logger';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/virtual-environment.ts';
import { createCustomRunner } from './custom.ts';
import { createPowerShellRunner } from './powershell.ts';
import { runModuleOffline } from './run-module-offline.ts';
import { openWorkingFolders } from './working-folder.ts';

const examples = fileURLToPath(new URL('../../examples/custom', import.meta.url));
const folder = await temporaryFolder();
const moduleRoot = path.join(folder.path, 'modules');
await mkdir(moduleRoot);
const folders = await openWorkingFolders(path.join(folder.path, 'state'));
const options = {
  folders,
  environment: { PATH: '/usr/bin:/bin' },
  moduleRoots: [moduleRoot, examples],
  clock: systemClock,
  logger: silentLogger,
};
const runner = createCustomRunner(options);
afterAll(async () => {
  await runner.close?.();
  await folders.close();
  await folder[Symbol.asyncDispose]();
});

const run = (module: string, payload = '') => runModuleOffline(runner, { module, payload: Buffer.from(payload) });
const program = (name: string, text: string, mode = 0o755) => writeFile(path.join(moduleRoot, name), text, { mode });

describe('the example in shell', () => {
  it('counts words, and tells of it as it goes', async () => {
    const { outcome, stdout, records } = await run('count-words.sh', 'one two three four');
    expect(outcome).toEqual({ state: 'SUCCESS', exitCode: 0, resultJson: '{"words":4}' });
    expect(stdout).toBe('found 4 words\n');
    expect(records.map(({ message, fields }) => [message, fields])).toEqual([
      ['counting', { event: 'offline' }],
      ['50 %', { progress: 0.5 }],
    ]);
  });

  it('warns of few words, and fails without any', async () => {
    expect((await run('count-words.sh', 'one')).outcome).toMatchObject({
      state: 'WARNING',
      message: 'these are few words',
    });
    expect((await run('count-words.sh')).outcome).toMatchObject({ reason: 'exception', message: 'there are no words' });
  });
});

describe('progress', () => {
  it('beyond its ends is taken for the end, and what is no number is told of in the log', async () => {
    const lines = ['-3', '150', 'NaN', '"half"'].map((fraction) => `{"type":"progress","fraction":${fraction}}`);
    await program('hurries', `#!/bin/sh\n${lines.map((line) => `echo '${line}' >&4`).join('\n')}\n`);
    const { outcome, records } = await run('hurries');
    expect(outcome.state).toBe('SUCCESS');
    const wrong = expect.stringContaining('The runner wrote something that is no message');
    expect(records.map(({ message, fields }) => [message, fields?.progress])).toEqual([
      ['0 %', 0],
      ['100 %', 1],
      [wrong, undefined],
      [wrong, undefined],
    ]);
  });
});

describe('a program that knows nothing of the protocol', () => {
  it('ends by its exit code', async () => {
    await program('plain', '#!/bin/sh\necho out; echo err >&2; exit 5\n');
    const { outcome, stdout, stderr } = await run('plain');
    expect(outcome).toMatchObject({ state: 'ERROR', reason: 'exit_code', exitCode: 5 });
    expect([stdout, stderr]).toEqual(['out\n', 'err\n']);
  });

  it('runs in its private folder under the limits, and is ended when it does not come to an end', async () => {
    await program('stays', '#!/bin/sh\nulimit -n; ulimit -c; pwd; exec sleep 600\n');
    const stop = new AbortController();
    const { outcome, stdout } = await runModuleOffline(runner, {
      module: 'stays',
      signal: stop.signal,
      onLog: () => stop.abort(),
    });
    expect(outcome).toMatchObject({ reason: 'killed', message: 'the process was killed by SIGTERM' });
    expect(stdout).toMatch(/^4096\n0\n.*\/runs\/\d+\/run-\w+\n$/);
  });

  it('is found in the module folders alone, and must be executable', async () => {
    await program('no-rights', '#!/bin/sh\n', 0o644);
    await chmod(path.join(moduleRoot, 'no-rights'), 0o644);
    const file = path.join(moduleRoot, 'no-rights');
    for (const [name, message] of [
      ['missing', `there is no program missing in ${moduleRoot}:${examples}`],
      ['no-rights', `${file} can not be run by this sink; make it executable: chmod +x ${file}`],
      ['../state/x', '../state/x is no name of a program in a module folder, such as backup.sh or jobs/backup.sh'],
      ['.hidden', '.hidden is no name of a program in a module folder, such as backup.sh or jobs/backup.sh'],
    ] as const) {
      expect((await run(name)).outcome).toEqual({ state: 'ERROR', reason: 'module_not_found', message });
    }
  });
});

describe('the inventory of programs', () => {
  it('tells what a script says of itself', async () => {
    await copyFile(path.join(examples, 'count-words.sh'), path.join(moduleRoot, 'copy.sh'));
    const modules = (await runner.inventory?.())?.modules ?? [];
    const hashes = modules.filter(({ name }) => ['copy.sh', 'count-words.sh'].includes(name)).map(({ hash }) => hash);
    expect(hashes).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), hashes[0]]);
    expect(modules.find(({ name }) => name === 'count-words.sh')).toEqual({
      name: 'count-words.sh',
      hash: hashes[0],
      summary: 'Counts the words of the payload and tells how it gets on.',
      parameters: [{ name: 'language', type: 'text', required: false, description: 'said in the log' }],
    });
    expect(modules.some(({ name }) => name === 'no-rights')).toBe(false);
  });
});

/** Stands in for PowerShell where there is none: what Windows does differently is the way to the agent, not the language. */
const fakeShell = `#!/usr/bin/python3
import json, os, socket, sys
assert sys.argv[-2:-1] == ["-File"] and sys.argv[-1].endswith("/runners/powershell/run.ps1"), sys.argv
channel = socket.socket(socket.AF_UNIX)
channel.connect(os.environ["NX_CHANNEL"])
lines = channel.makefile("rw")
start = json.loads(lines.readline())
if start["module"] == "asks":
    print("asking", flush=True)
    cancel = json.loads(lines.readline())
    lines.write(json.dumps({"type": "result", "json": json.dumps(cancel)}) + "\\n")
elif start["module"] == "speaks":
    lines.write(json.dumps({"type": "result", "json": json.dumps(start["moduleRoots"])}) + "\\n")
lines.flush()
`;

describe('a runner that reaches the agent by a named pipe', () => {
  it('is given its work, told to cancel, and heard', async () => {
    await program(
      'fake-pwsh',
      fakeShell.replace('import json', 'import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\nimport json'),
    );
    const shell = createPowerShellRunner({
      ...options,
      powerShell: { command: path.join(moduleRoot, 'fake-pwsh'), version: '0' },
      channel: 'pipe',
    });
    const told = await runModuleOffline(shell, { module: 'speaks' });
    expect(told.outcome).toEqual({
      state: 'SUCCESS',
      exitCode: 0,
      resultJson: JSON.stringify([moduleRoot, examples]).replace(',', ', '),
    });
    const stop = new AbortController();
    const cancelled = await runModuleOffline(shell, {
      module: 'asks',
      signal: stop.signal,
      onLog: () => stop.abort(),
    });
    expect(cancelled.outcome).toMatchObject({ state: 'SUCCESS', resultJson: '{"type": "cancel"}' });
  });

  it('may end without having said a word', async () => {
    await program('silent-pwsh', '#!/bin/sh\nexit 7\n');
    const shell = createPowerShellRunner({
      ...options,
      powerShell: { command: path.join(moduleRoot, 'silent-pwsh'), version: '0' },
      channel: 'pipe',
    });
    expect((await runModuleOffline(shell, { module: 'any' })).outcome).toMatchObject({
      reason: 'exit_code',
      exitCode: 7,
    });
  });
});
