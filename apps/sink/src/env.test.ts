import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnv } from './env.ts';

const token = `nxs_${'a'.repeat(43)}`;
const whole = {
  NEXOMATIC_HUB_URL: 'http://127.0.0.1:4600/',
  NEXOMATIC_SINK_TOKEN: token,
  REDIS_URL: 'redis://127.0.0.1:6379',
  NEXOMATIC_MODULES: tmpdir(),
};

describe('the environment', () => {
  it('is read with its defaults', () => {
    expect(readEnv({ ...whole, PATH: '/bin', HOME: '/root', SECRET: 'x' })).toEqual({
      ok: true,
      env: {
        hubUrl: 'http://127.0.0.1:4600',
        token,
        transport: 'gateway',
        redisUrl: 'redis://127.0.0.1:6379',
        moduleRoots: [tmpdir()],
        sinkFile: undefined,
        python: undefined,
        pythonStart: 'fork',
        isolation: 'none',
        limits: { openFiles: 4096, fileBytes: 1024 ** 3 },
        shareSecrets: true,
        slots: 4,
        logLevel: 'info',
        stateFolder: expect.stringContaining('nexomatic-sink'),
        ownFolders: [expect.stringContaining('nexomatic-sink')],
        spoolBytes: 268_435_456,
        drainMs: 60_000,
        passed: { PATH: '/bin' },
      },
    });
  });

  it('lists every fault at once, each with the setting and what to do', () => {
    expect(
      readEnv({
        NEXOMATIC_SINK_TOKEN: 'nxt_short',
        NEXOMATIC_SLOTS: '0',
        REDIS_URL: 'http://x',
        NEXOMATIC_MODULES: '/nowhere',
        NEXOMATIC_LOG_LEVEL: 'loud',
        NEXOMATIC_PYTHON_START: 'thread',
        NEXOMATIC_LIMITS: 'memory=1T',
      }),
    ).toEqual({
      ok: false,
      faults: [
        'NEXOMATIC_HUB_URL is not set; give for example http://127.0.0.1:4600',
        'NEXOMATIC_SINK_TOKEN is not a sink token: nxs_ and 43 characters',
        'REDIS_URL is not a redis: or rediss: URL; give for example redis://127.0.0.1:6379',
        'NEXOMATIC_MODULES names /nowhere, which is not a folder',
        'NEXOMATIC_PYTHON_START must be fork or spawn',
        'NEXOMATIC_LIMITS holds "memory=1T"; give any of memory=512M cpu=600 file=1G files=4096 processes=200 nice=5',
        'NEXOMATIC_SLOTS must be from 1 to 10000',
        'NEXOMATIC_LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent',
      ],
    });
  });

  it('takes the token from a file, and says only that the file can not be read', () => {
    const { NEXOMATIC_SINK_TOKEN: _, ...rest } = whole;
    expect(readEnv({ ...rest, NEXOMATIC_SINK_TOKEN_FILE: '/nowhere/token' })).toEqual({
      ok: false,
      faults: [
        'NEXOMATIC_SINK_TOKEN can not be read: NEXOMATIC_SINK_TOKEN_FILE names /nowhere/token (ENOENT); make that file readable for the sink',
      ],
    });
  });

  it('refuses a setting that is given twice', () => {
    const both = readEnv({ ...whole, NEXOMATIC_SINK_TOKEN_FILE: '/etc/hostname' });
    expect(both).toMatchObject({
      ok: false,
      faults: ['NEXOMATIC_SINK_TOKEN and NEXOMATIC_SINK_TOKEN_FILE are both set; keep one of them'],
    });
  });

  it('takes several module folders and makes them absolute', () => {
    const outcome = readEnv({ ...whole, NEXOMATIC_MODULES: ['.', tmpdir()].join(path.delimiter) });
    expect(outcome).toMatchObject({ ok: true, env: { moduleRoots: [process.cwd(), tmpdir()] } });
  });
});
