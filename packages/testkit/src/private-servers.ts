import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PrivateServer } from '@nexomatic/cli/infrastructure/private-server';
import { startDatabase } from '@nexomatic/cli/infrastructure/start-database';
import { startRedis } from '@nexomatic/cli/infrastructure/start-redis';
import { endWithUs } from './end-with-us.ts';

/** A server that a test may kill and start again. */
export interface TestServer extends PrivateServer {
  readonly directory: string;
  /** Starts it again on the same port and the same data, after `kill` or `stop`. */
  startAgain(): Promise<TestServer>;
  /** Stops it and removes its folder. */
  discard(): Promise<void>;
}

type Start = (where: { directory: string; port?: number }) => Promise<PrivateServer>;

async function startTestServer(start: Start, directory: string, port?: number): Promise<TestServer> {
  const server = await start(port === undefined ? { directory } : { directory, port });
  const callOff = endWithUs([server.pid], directory);
  async function stop(): Promise<void> {
    await server.stop();
    callOff();
  }
  return {
    ...server,
    directory,
    stop,
    startAgain() {
      callOff();
      return startTestServer(start, directory, server.port);
    },
    async discard() {
      await stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'nexomatic-test-'));

/** A Redis of one test's own, to be killed or emptied; `discard` it afterwards. */
export function startPrivateRedis({ appendOnly = false } = {}): Promise<TestServer> {
  return startTestServer((where) => startRedis({ ...where, appendOnly }), newFolder());
}

/** A MariaDB or MySQL of one test's own, to be killed; `discard` it afterwards. It holds an empty schema. */
export function startPrivateDatabase(): Promise<TestServer> {
  return startTestServer(startDatabase, newFolder());
}
