import { mkdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from '@nexomatic/logger';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, describe, expect, it } from 'vitest';
import { openPythonBench } from '../testing/run-python.ts';
import { temporaryFolder, virtualEnvironment } from '../testing/virtual-environment.ts';

const said: { event: string; why?: string; module?: string }[] = [];
const listen = (fields: object, event: string): number => said.push({ ...fields, event });
const bench = await openPythonBench({
  start: 'fork',
  graceMs: 300,
  logger: { info: listen, warn: listen } as unknown as Logger,
});
afterAll(() => bench[Symbol.asyncDispose]());

/** At the top of a module: tells the process that has imported it. */
const importer = 'import os\nIMPORTED_BY = os.getpid()\n';

async function resultOf(module: string): Promise<unknown> {
  const { outcome } = await bench.run(module);
  return outcome.state === 'SUCCESS' ? JSON.parse(outcome.resultJson ?? 'null') : outcome;
}

/** Runs it until attempts are copies of a process that had imported it; gives that process. */
async function warm(module: string): Promise<number> {
  return waitFor(
    async () => {
      const [importedBy, parent] = (await resultOf(module)) as [number, number];
      return importedBy === parent && parent;
    },
    { what: `a server for ${module}` },
  );
}

const whyCold = (module: string): Promise<string> =>
  waitFor(() => said.find((one) => one.event === 'fork_server.unfit' && one.module === module)?.why, {
    what: `${module} to be refused`,
  });

describe('a module that runs often', () => {
  it('is imported once for many attempts, and each of them is a process of its own', async () => {
    await bench.module('often', `${importer}def run(ctx):\n    return [IMPORTED_BY, os.getppid(), os.getpid()]`);
    const server = await warm('often');
    const runs = await Promise.all(Array.from({ length: 8 }, () => resultOf('often')));
    const attempts = new Set((runs as number[][]).map(([, , own]) => own));
    expect(attempts.size).toBe(8);
    expect(attempts.has(server)).toBe(false);
  });

  it('runs the code that is there now after every change, even one that looks like none', async () => {
    const write = (value: number) => bench.module('edited', `${importer}def run(ctx):\n    return ${value}`);
    await write(100);
    const long = new Date('2020-01-01');
    for (let value = 100; value < 140; value += 1) {
      await write(value);
      // The same length, and on every second change the same time as well: as copying tools leave it.
      if (value % 2 === 0) await utimes(path.join(bench.moduleRoot, 'edited.py'), long, long);
      for (let run = 0; run < (value % 5) + 1; run += 1) expect(await resultOf('edited')).toBe(value);
    }
  }, 120_000);

  it('sees changes of files that it imports or reads when it is imported, and files that come to be', async () => {
    const folder = path.join(bench.moduleRoot, 'suite');
    await mkdir(folder);
    const settings = path.join(folder, 'settings.json');
    await writeFile(path.join(folder, '__init__.py'), '');
    await writeFile(path.join(folder, 'step.py'), 'value = 1\n');
    await writeFile(settings, '1');
    await writeFile(
      path.join(folder, 'main.py'),
      `${importer}import json, pathlib
from suite import step
try:
    from suite import extra
except ImportError:
    extra = None
SETTING = json.loads(pathlib.Path(__file__).with_name("settings.json").read_text())
def run(ctx):
    return [IMPORTED_BY, os.getppid(), step.value, SETTING, extra is not None]
`,
    );
    const seen = async () => ((await resultOf('suite.main')) as unknown[]).slice(2);
    await warm('suite.main');
    expect(await seen()).toEqual([1, 1, false]);
    await writeFile(path.join(folder, 'step.py'), 'value = 2\n');
    expect(await seen()).toEqual([2, 1, false]);
    await warm('suite.main');
    await writeFile(`${settings}.new`, '2');
    await rename(`${settings}.new`, settings);
    expect(await seen()).toEqual([2, 2, false]);
    await warm('suite.main');
    await writeFile(path.join(folder, 'extra.py'), '');
    expect(await seen()).toEqual([2, 2, true]);
    await warm('suite.main');
    await rm(path.join(folder, 'main.py'));
    expect((await bench.run('suite.main')).outcome).toMatchObject({ reason: 'module_not_found' });
  }, 120_000);

  it('shares no random numbers between attempts', async () => {
    await bench.module(
      'rolls',
      `${importer}import random\nrandom.random()\ndef run(ctx):\n    return [IMPORTED_BY, os.getppid(), random.random()]`,
    );
    await warm('rolls');
    const rolls = await Promise.all([resultOf('rolls'), resultOf('rolls')]);
    expect(new Set((rolls as number[][]).map(([, , roll]) => roll)).size).toBe(2);
  });
});

describe('a module whose import has effects', () => {
  it.each([
    [
      'starts_thread',
      'import threading, time\nthreading.Thread(target=time.sleep, args=(9,), daemon=True).start()',
      'starts threads',
    ],
    ['keeps_file', 'import os\nHELD = open("/etc/hostname")', 'keeps files or connections open'],
    ['prints_early', 'print("imported")', 'prints'],
    ['writes_early', 'open("/tmp/nexomatic-written-early", "w").close()', 'writes files'],
    ['looks_home', 'import os\nHOME = os.path.expanduser("~")', "looks at the attempt's own environment"],
    ['looks_around', 'import os\nHERE = os.getcwd()', 'looks at the working folder'],
    ['starts_program', 'import subprocess\nsubprocess.run(["true"])', 'starts a program'],
    ['fails_early', 'raise RuntimeError("no")', 'fails with RuntimeError'],
  ])('is imported by each attempt: %s', async (name, text, why) => {
    await bench.module(
      name,
      `${text}\nimport os\nIMPORTED_BY = os.getpid()\ndef run(ctx):\n    return IMPORTED_BY == os.getpid()`,
    );
    await resultOf(name);
    await resultOf(name);
    expect(await whyCold(name)).toBe(`its import ${why}`);
    const { outcome, stdout } = await bench.run(name);
    if (name === 'fails_early') expect(outcome).toMatchObject({ reason: 'exception', message: 'RuntimeError: no' });
    else expect(outcome.resultJson).toBe('true');
    expect(stdout).toBe(name === 'prints_early' ? 'imported\n' : '');
  });
});

describe('a fork server', () => {
  it('that is killed takes its attempts with it, says so, and is replaced', async () => {
    await bench.module(
      'orphaned',
      'import os, time\ndef run(ctx):\n    print(os.getpid(), os.getppid(), flush=True)\n    while ctx.params.get("wait"): time.sleep(0.01)\n    return 1',
    );
    const told = Promise.withResolvers<number[]>();
    const parameters = [{ key: 'wait', kind: 'STATIC' as const, origin: 'action' as const, json: 'true' }];
    const run = bench.start('orphaned', { parameters }, (chunks) => {
      const line = chunks.find((chunk) => chunk.channel === 'stdout');
      if (line) told.resolve(Buffer.from(line.bytes).toString().trim().split(' ').map(Number));
    });
    const [attempt = 0, server = 0] = await told.promise;
    process.kill(server, 'SIGKILL');
    expect(await run.outcome).toEqual({
      state: 'ERROR',
      reason: 'killed',
      message: 'the fork server that had started it is gone: it ended with SIGKILL',
    });
    await run.log.close();
    await waitFor(async () => (await stateOf(attempt)) !== 'alive', { what: 'the attempt to be ended' });
    expect(await resultOf('orphaned')).toBe(1);
  });

  it('that is killed between two attempts costs nothing but its start', async () => {
    await bench.module('between', 'import os\ndef run(ctx):\n    return os.getppid()');
    const server = (await resultOf('between')) as number;
    process.kill(server, 'SIGKILL');
    expect(await resultOf('between')).not.toBe(server);
  });

  it('does not end by the signals that a service manager sends to a whole group', async () => {
    await bench.module('signalled', 'import os\ndef run(ctx):\n    return os.getppid()');
    const server = (await resultOf('signalled')) as number;
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.kill(server, signal);
    expect(await resultOf('signalled')).toBe(server);
  });

  it('leaves no zombie, and ends what hid without the tag of its attempt', async () => {
    await bench.module(
      'hides',
      `
import os, subprocess
def run(ctx):
    hidden = subprocess.check_output(["env", "-i", "sh", "-c", "setsid sleep 600 >/dev/null 2>&1 & echo $!"], text=True)
    subprocess.Popen(["sh", "-c", "sleep 0.05 & sleep 0.05 & exit 0"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return [os.getppid(), int(hidden)]
`,
    );
    const [server = 0, hidden = 0] = (await resultOf('hides')) as number[];
    await waitFor(async () => (await stateOf(hidden)) === 'gone', { what: 'the hidden process to be gone' });
    const children = `/proc/${server}/task/${server}/children`;
    await waitFor(async () => (await readFile(children, 'utf8')).trim() === '', { what: 'no child to be left' });
  });
});

it('starts an interpreter for each attempt where a fork server does not work', async () => {
  await using folder = await temporaryFolder();
  const python = await virtualEnvironment(folder.path, 'import sys; sys.modules["ctypes"] = None');
  const reasons: string[] = [];
  const note = (_fields: object, event: string): number => reasons.push(event);
  await using plain = await openPythonBench({ python, logger: { info: note, warn: note } as unknown as Logger });
  await plain.module('spawned', 'import os\ndef run(ctx):\n    return os.getppid()');
  expect((await plain.run('spawned')).outcome).toEqual({ state: 'SUCCESS', exitCode: 0, resultJson: `${process.pid}` });
  expect(reasons).toContain('fork_server.unfit');
});

async function stateOf(pid: number): Promise<'alive' | 'zombie' | 'gone'> {
  try {
    return /\) [ZX] /.test(await readFile(`/proc/${pid}/stat`, 'utf8')) ? 'zombie' : 'alive';
  } catch {
    return 'gone';
  }
}
