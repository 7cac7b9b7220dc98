import { relative } from 'node:path';
import type { PrivateServer } from './private-server.ts';

/** Where to look for the servers, and where to keep a private one. */
export interface InfrastructureOptions {
  databaseUrl: string | undefined;
  redisUrl: string | undefined;
  stateDir: string;
  logFolder: string;
}

/** The server that was found or started. `stop` ends it only if it was started here. */
export interface ChosenServer {
  url: string;
  version: string;
  /** For people: how it came about. */
  how: string;
  readonly pids: Record<string, number>;
  /** For a process that was started here; absent for a server of somebody else and for a container. */
  restart?: {
    /** Settles with a sentence when the process that runs now ends. */
    exited(): Promise<string>;
    /** Starts it on the same data and the same port. */
    startAgain(): Promise<void>;
  };
  stop(): Promise<void>;
}

/** A private server in the form of a choice; `start` gets the port that it had before, if it is started again. */
export async function startedServer(options: {
  name: 'database' | 'redis';
  directory: string;
  start(port?: number): Promise<PrivateServer>;
}): Promise<ChosenServer> {
  const { name, directory, start } = options;
  let starting = start();
  let server = await starting;
  return {
    url: server.url,
    version: server.version,
    how: `started, private, ${shown(directory)}`,
    get pids() {
      return { [name]: server.pid };
    },
    restart: {
      exited: () => server.exited,
      async startAgain() {
        starting = start(server.port);
        server = await starting;
      },
    },
    async stop() {
      // One that is being started again right now is stopped as well.
      const latest = await starting.catch(() => server);
      await latest.stop();
    },
  };
}

/** A folder as people call it who stand in the current one. */
function shown(folder: string): string {
  const path = relative(process.cwd(), folder);
  return path.startsWith('..') ? folder : path;
}
