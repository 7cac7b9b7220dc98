import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, describe, expect, it } from 'vitest';
import { openPythonBench } from '../testing/run-python.ts';

/** Every guarantee holds in a copy of a warm interpreter as in an interpreter of its own. */
describe.each(['fork', 'spawn'] as const)('a Python module (%s)', async (start) => {
  const bench = await openPythonBench({ start });
  afterAll(() => bench[Symbol.asyncDispose]());

  it('succeeds with what it returns, numbers to the last digit', async () => {
    await bench.module(
      'exact',
      `
from decimal import Decimal
def run(ctx):
    return {"whole": ctx.payload["n"], "price": Decimal("1.10"), "float": 1.0, "text": "é\\ud800", "params": ctx.params}
`,
    );
    const { outcome } = await bench.run('exact', {
      payload: { utf8: '{"n":12345678901234567890123}' },
      parameters: [{ key: 'limit', kind: 'STATIC', origin: 'event_type', json: '9007199254740993' }],
    });
    expect(outcome).toEqual({
      state: 'SUCCESS',
      exitCode: 0,
      resultJson:
        '{"whole":12345678901234567890123,"price":1.10,"float":1.0,"text":"é\\ud800","params":{"limit":9007199254740993}}',
    });
  });

  it('sees exactly the bytes that were sent, whatever they are', async () => {
    await bench.module('raw', 'def run(ctx):\n    return [ctx.payload_bytes.hex(), ctx.content_type]');
    const { outcome } = await bench.run('raw', { payload: { base64: '/wCAew==' }, contentType: 'image/x-odd' });
    expect(outcome.resultJson).toBe('["ff00807b","image/x-odd"]');
  });

  it('ends as ERROR when it raises, with its last line as message and the traceback in the log', async () => {
    await bench.module(
      'raises',
      'def inner():\n    raise ValueError("no such\\nname")\n\ndef run(ctx):\n    inner()\n',
    );
    const { outcome, records } = await bench.run('raises');
    expect(outcome).toEqual({ state: 'ERROR', reason: 'exception', message: 'ValueError: no such name', exitCode: 1 });
    expect(records).toHaveLength(1);
    expect(records[0]?.level).toBe('error');
    expect(records[0]?.message).toMatch(
      /^Traceback \(most recent call last\):\n {2}File ".*\/raises\.py", line 5, in run\n {4}inner\(\)\n {2}File ".*\/raises\.py", line 2, in inner/,
    );
    expect(records[0]?.message).not.toContain('nexomatic_runner');
  });

  it('ends as WARNING when it warns, with the first text as message and its result kept', async () => {
    await bench.module('warns', 'def run(ctx):\n    ctx.warn("careful", disk=91)\n    ctx.warn("again")\n    return 1');
    const { outcome, records } = await bench.run('warns');
    expect(outcome).toEqual({ state: 'WARNING', message: 'careful', resultJson: '1', exitCode: 0 });
    expect(records.map(({ level, message, fields }) => ({ level, message, fields }))).toEqual([
      { level: 'warn', message: 'careful', fields: { disk: 91 } },
      { level: 'warn', message: 'again', fields: undefined },
    ]);
  });

  it('streams what it prints while it is still running', async () => {
    await bench.module(
      'prints',
      `
import sys, time
def run(ctx):
    print("first")
    print("to stderr", file=sys.stderr)
    while not ctx.cancelled:
        time.sleep(0.01)
    print("last")
`,
    );
    const seen = Promise.withResolvers<void>();
    const channels = new Set<string>();
    const started = bench.start('prints', {}, (chunks) => {
      for (const { channel } of chunks) channels.add(channel);
      if (channels.size === 2) seen.resolve();
    });
    await seen.promise;
    started.end('gently');
    expect(await started.outcome).toMatchObject({ state: 'SUCCESS' });
    expect(await started.log.close()).toBe(3);
    expect(
      started.chunks.map(({ seq, channel, bytes }) => [seq, channel, Buffer.from(bytes).toString()]).sort(),
    ).toEqual([
      [1, expect.any(String), expect.any(String)],
      [2, expect.any(String), expect.any(String)],
      [3, 'stdout', 'last\n'],
    ]);
  });

  it('reports progress and structured records', async () => {
    await bench.module(
      'speaks',
      'def run(ctx):\n    ctx.log.debug("d", n=2**60)\n    ctx.log.warning("w", message="m")\n    ctx.progress(7, "done")\n',
    );
    const { outcome, records } = await bench.run('speaks');
    expect(outcome.state).toBe('SUCCESS');
    expect(records).toEqual([
      { at: expect.any(Number), level: 'debug', message: 'd', fields: { n: '1152921504606846976' } },
      { at: expect.any(Number), level: 'warn', message: 'w', fields: { message: 'm' } },
      { at: expect.any(Number), level: 'info', message: 'done', fields: { progress: 1 } },
    ]);
  });

  it('that can not be found ends as module_not_found, naming what was looked for and where', async () => {
    expect((await bench.run('nowhere.run')).outcome).toEqual({
      state: 'ERROR',
      reason: 'module_not_found',
      message: `nowhere.run: there is no nowhere.py and no folder nowhere in ${bench.moduleRoot}`,
      exitCode: 1,
    });
    expect((await bench.run('../etc/passwd')).outcome).toMatchObject({
      reason: 'module_not_found',
      message: "'../etc/passwd' is not an import path: names joined by dots, for example my_module.runner",
    });
  });

  it('that returns something without a JSON form ends as result_invalid, naming the place', async () => {
    await bench.module('returns_object', 'def run(ctx):\n    return {"a": [object()]}');
    expect((await bench.run('returns_object')).outcome).toMatchObject({
      state: 'ERROR',
      reason: 'result_invalid',
      message: 'result["a"][0] is of type object, which JSON can not hold',
    });
  });

  it('that exits by itself ends by its exit code', async () => {
    await bench.module('exits', 'import sys\ndef run(ctx):\n    sys.exit(ctx.params["code"])');
    const exit = (json: string) =>
      bench.run('exits', { parameters: [{ key: 'code', kind: 'STATIC', origin: 'action', json }] });
    expect((await exit('3')).outcome).toEqual({
      state: 'ERROR',
      reason: 'exit_code',
      message: 'the process exited with code 3',
      exitCode: 3,
    });
    expect((await exit('0')).outcome).toEqual({ state: 'SUCCESS', exitCode: 0 });
  });

  it('that is killed ends as killed, naming the signal', async () => {
    await bench.module('dies', 'import os, signal\ndef run(ctx):\n    os.kill(os.getpid(), signal.SIGKILL)');
    expect((await bench.run('dies')).outcome).toEqual({
      state: 'ERROR',
      reason: 'killed',
      message: 'the process was killed by SIGKILL (out of memory?)',
    });
  });

  it('works in an empty private folder, sees next to nothing of the environment, and leaves nothing behind', async () => {
    await bench.module(
      'looks',
      `
import os, sys, resource, stat
def run(ctx):
    open("left.txt", "w").close()
    return {"files": os.listdir("."), "folder_mode": oct(stat.S_IMODE(os.stat(".").st_mode)),
            "file_mode": oct(stat.S_IMODE(os.stat("left.txt").st_mode)), "env": sorted(os.environ), "home": os.environ["HOME"] == os.getcwd(),
            "stdin": sys.stdin.read(), "core": resource.getrlimit(resource.RLIMIT_CORE)[0], "leader": os.getsid(0) == os.getpid()}
`,
    );
    const { outcome } = await bench.run('looks');
    expect(JSON.parse(outcome.resultJson ?? '')).toEqual({
      files: ['left.txt'],
      folder_mode: '0o700',
      file_mode: '0o600',
      env: ['HOME', 'LC_ALL', 'NX_RUN_ID', 'PATH', 'TMPDIR'],
      home: true,
      stdin: '',
      core: 0,
      leader: true,
    });
    const folders = path.join(bench.stateFolder, 'runs', String(process.pid));
    await waitFor(async () => (await readdir(folders)).every((name) => !name.startsWith('run-')), {
      what: 'the working folders to be removed',
    });
  });

  it('may be asynchronous', async () => {
    await bench.module('waits', 'import asyncio\nasync def run(ctx):\n    await asyncio.sleep(0)\n    return "waited"');
    expect((await bench.run('waits')).outcome.resultJson).toBe('"waited"');
  });

  it('whose forked copy comes to an end as well still has one outcome', async () => {
    await bench.module(
      'forks',
      'import os\ndef run(ctx):\n    return "child" if os.fork() == 0 else (os.wait(), "parent")[1]',
    );
    expect((await bench.run('forks')).outcome.resultJson).toBe('"parent"');
  });

  it("gets its records of Python's own logging into the log, with their fields and exceptions", async () => {
    await bench.module(
      'logs',
      `
import logging
log = logging.getLogger("shop.orders")
def run(ctx):
    logging.debug("too fine")
    logging.info("%d items", 3)
    log.warning("slow", extra={"seconds": 5})
    try:
        1 / 0
    except ZeroDivisionError:
        log.exception("failed")
`,
    );
    const { outcome, records, stderr } = await bench.run('logs');
    expect(outcome.state).toBe('SUCCESS');
    expect(records.map(({ level, message, fields }) => [level, message.split('\n')[0], fields])).toEqual([
      ['info', '3 items', undefined],
      ['warn', 'slow', { seconds: 5, logger: 'shop.orders' }],
      ['error', 'failed', { logger: 'shop.orders' }],
    ]);
    expect(records[2]?.message).toMatch(/ZeroDivisionError: division by zero$/);
    expect(stderr).toBe('');
  });

  it('reads the secrets that it was given, and is told plainly of one that it was not', async () => {
    await bench.module(
      'secretive',
      'def run(ctx):\n    return [ctx.secret("api-key") == "s3cret", ctx.secret("other")]',
    );
    const { outcome } = await bench.run('secretive', { secrets: { 'api-key': 's3cret' } });
    expect(outcome).toMatchObject({
      state: 'ERROR',
      message: "KeyError: 'this event has no secret other; its event type or action must name it as a parameter'",
    });
  });

  it('reads fractions exactly where it asks for that', async () => {
    await bench.module(
      'fractions',
      'def run(ctx):\n    return {"exact": ctx.payload_exact["price"], "usual": ctx.payload["price"]}',
    );
    const { outcome } = await bench.run('fractions', { payload: { utf8: '{"price":0.1000000000000000000010}' } });
    expect(outcome.resultJson).toBe('{"exact":0.1000000000000000000010,"usual":0.1}');
  });

  it('that exits with a text says it on stderr and ends with 1, after its exit functions and with its files written', async () => {
    const written = path.join(bench.stateFolder, 'written-at-exit');
    await bench.module(
      'exits_late',
      `
import atexit, sys, threading, time
KEPT = None
def run(ctx):
    global KEPT
    KEPT = open(${JSON.stringify(written)}, "w")
    KEPT.write("kept")
    atexit.register(lambda: print("at exit"))
    threading.Thread(target=lambda: (time.sleep(0.05), print("thread"))).start()
    sys.exit("bye")
`,
    );
    const { outcome, stdout, stderr } = await bench.run('exits_late');
    expect(outcome).toMatchObject({ state: 'ERROR', reason: 'exit_code', exitCode: 1 });
    expect([stdout, stderr]).toEqual(['thread\nat exit\n', 'bye\n']);
    expect(await readFile(written, 'utf8')).toBe('kept');
  });
});

describe.each(['fork', 'spawn'] as const)('a Python module under limits (%s)', async (start) => {
  const limits = { memoryBytes: 512 * 1024 ** 2, cpuSeconds: 1, fileBytes: 1024 ** 2, openFiles: 32, nice: 3 };
  const bench = await openPythonBench({ start, limits });
  afterAll(() => bench[Symbol.asyncDispose]());

  it('gets an error of its own for memory, files and descriptors above them', async () => {
    await bench.module(
      'greedy',
      `
import os
def attempt(work):
    try:
        work()
    except (MemoryError, OSError) as error:
        return type(error).__name__ + " " + str(getattr(error, "errno", None))
def write():
    with open("big", "wb") as file:
        for _ in range(2048): file.write(b"x" * 1024)
def run(ctx):
    return [attempt(lambda: bytearray(2**30)), attempt(write), attempt(lambda: [os.open("/", os.O_RDONLY) for _ in range(64)]), os.nice(0)]
`,
    );
    const { outcome } = await bench.run('greedy');
    expect(JSON.parse(outcome.resultJson ?? '')).toEqual(['MemoryError None', 'OSError 27', 'OSError 24', 3]);
  });

  it('is ended when its processor time is used up', async () => {
    await bench.module('burns', 'def run(ctx):\n    while True: pass');
    expect((await bench.run('burns')).outcome).toMatchObject({
      reason: 'killed',
      message: 'the process was killed by SIGXCPU',
    });
  });
});
