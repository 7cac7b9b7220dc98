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
  pids: Record<string, number>;
  /** Settles when a server that was started here ends; absent for a server of somebody else. */
  exited?: Promise<string>;
  stop(): Promise<void>;
}
