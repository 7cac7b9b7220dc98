import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentError, exitCodes } from '../agent-error.ts';
import { openPythonBench, type PythonBench } from '../testing/run-python.ts';
import { startSink } from '../testing/start-sink.ts';
import { type Isolation, openIsolation } from './isolation.ts';
import { findTagged } from './kill-tagged.ts';

const own = await mkdtemp(path.join(tmpdir(), 'nexomatic-own-'));
await writeFile(path.join(own, 'identity.json'), 'keys');
afterAll(() => rm(own, { recursive: true, force: true }));

/** What this machine can do: the one or the other is proved of each profile. */
const profiles = await Promise.all(
  (['namespace', 'bubblewrap'] as const).map(async (profile) => ({
    profile,
    opened: await openIsolation(profile, [own]).catch((error: unknown) => error as AgentError),
  })),
);

describe.each(profiles)('what runs in $profile', ({ profile, opened }) => {
  if (opened instanceof AgentError) {
    it('does not run where that is not to be had, and the operator is told what to install', () => {
      expect(opened.exitCode).toBe(exitCodes.configuration);
      expect(opened.message).toContain(`NEXOMATIC_ISOLATION is ${profile}, which does not work here`);
      expect(opened.message).toContain('or set NEXOMATIC_ISOLATION=none');
    });
    return;
  }
  holds(opened);
});

function holds(isolation: Isolation): void {
  let bench: PythonBench;
  beforeAll(async () => {
    bench = await openPythonBench({ isolation, graceMs: 20_000 });
  });
  afterAll(() => bench[Symbol.asyncDispose]());

  it('sees no process but its own, works in its own folder, and gives its result', async () => {
    const text =
      'import os\ndef run(ctx):\n    open("made", "w").write("x")\n    pids = [int(name) for name in os.listdir("/proc") if name.isdigit()]\n    print(os.getcwd() == os.environ["TMPDIR"])\n    return {"pids": len(pids), "payload": ctx.payload}\n';
    await bench.module('looks', text);
    const { outcome, stdout } = await bench.run('looks', { payload: { utf8: '{"n":12345678901234567890}' } });
    expect(outcome).toMatchObject({ state: 'SUCCESS', resultJson: expect.stringContaining('12345678901234567890') });
    expect(JSON.parse(outcome.resultJson ?? '').pids).toBeLessThan(5);
    expect(stdout).toBe('True\n');
  });

  it('reads and writes what its profile says', async () => {
    const text = `import os\ndef run(ctx):\n    def can(what):\n        try:\n            what()\n            return True\n        except OSError:\n            return False\n    return [can(lambda: open(${JSON.stringify(path.join(own, 'identity.json'))}).read()), can(lambda: open(${JSON.stringify(path.join(bench.moduleRoot, 'mine'))}, "w").close())]\n`;
    await bench.module('reaches', text);
    const { outcome } = await bench.run('reaches');
    expect(JSON.parse(outcome.resultJson ?? '')).toEqual(
      isolation.profile === 'bubblewrap' ? [false, false] : [true, true],
    );
  });

  it('is told to end by SIGTERM, and may finish', async () => {
    const text =
      'import time\ndef run(ctx):\n    print("started", flush=True)\n    while not ctx.cancelled: time.sleep(0.02)\n    print("finished", flush=True)\n    return 1\n';
    await bench.module('heeds', text);
    const begun = Promise.withResolvers<void>();
    const started = bench.start('heeds', {}, () => begun.resolve());
    await begun.promise;
    started.end('gently');
    expect(await started.outcome).toMatchObject({ state: 'SUCCESS', resultJson: '1' });
  });

  it('that is killed is told by its signal, and by its own exit code otherwise', async () => {
    await bench.module('dies', 'import os, signal\ndef run(ctx):\n    os.kill(os.getpid(), signal.SIGKILL)\n');
    await bench.module('leaves', 'import os\ndef run(ctx):\n    os._exit(9)\n');
    expect((await bench.run('dies')).outcome).toMatchObject({
      ...{ state: 'ERROR', reason: 'killed', message: expect.stringContaining('SIGKILL') },
    });
    expect((await bench.run('leaves')).outcome).toMatchObject({ state: 'ERROR', reason: 'exit_code', exitCode: 9 });
  });

  it('leaves nothing behind, in whatever session it is', async () => {
    const text =
      'import os, time\ndef run(ctx):\n    if os.fork() == 0:\n        os.setsid()\n        for fd in (0, 1, 2): os.close(fd)\n        if os.fork() == 0: time.sleep(300)\n        os._exit(0)\n    return os.environ["NX_RUN_ID"]\n';
    await bench.module('forks', text);
    const { outcome } = await bench.run('forks');
    const runIds = new Set([String(JSON.parse(outcome.resultJson ?? ''))]);
    await waitFor(async () => (await findTagged(runIds)).length === 0, { what: 'no process to be left' });
  });
}

it.each(['namespace', 'bubblewrap'])('an agent that is to run in %s and can not does not start', async (profile) => {
  const sink = startSink({
    ...{ PATH: '/nonexistent', NEXOMATIC_ISOLATION: profile, NEXOMATIC_HUB_URL: 'http://127.0.0.1:9' },
    ...{
      NEXOMATIC_SINK_TOKEN: `nxs_${'A'.repeat(43)}`,
      NEXOMATIC_MODULES: own,
      NEXOMATIC_STATE_DIR: path.join(own, 'state'),
    },
  });
  expect(await sink.ended()).toBe(exitCodes.configuration);
  expect(sink.faults()).toContain(`NEXOMATIC_ISOLATION is ${profile}, which does not work here`);
});
