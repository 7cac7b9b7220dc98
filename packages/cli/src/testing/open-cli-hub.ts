import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { openTestWeb, type TestWebOptions } from '@nexomatic/hub/http/testing/open-test-web';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll } from 'vitest';
import { surroundings } from './start-command.ts';

const program = fileURLToPath(new URL('../main.ts', import.meta.url));

/** A hub, and the command line as somebody without a run.json of their own calls it. Closed after the last test. */
export async function openCliHub(more: Pick<TestWebOptions, 'clock' | 'env'> = {}) {
  const database = await testDatabase();
  const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis(), ...more });
  const folder = mkdtempSync(join(tmpdir(), 'nexomatic-cli-'));
  afterAll(async () => {
    await web.close();
    rmSync(folder, { recursive: true });
  });
  return {
    database,
    web,
    folder,
    /** The words of a call, from the runtime on. */
    command: (...args: string[]) => [process.execPath, program, ...args, '--state-dir', folder],
    /** Runs `nexomatic …` with that environment and nothing else, and gives what it said. */
    async run(args: string[], env: Record<string, string | undefined>, input = '') {
      const [node = '', ...words] = this.command(...args);
      const child = spawn(node, words, { env: surroundings(env) });
      child.stdin.end(input);
      const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
      const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
      return { stdout, stderr, code };
    },
  };
}
