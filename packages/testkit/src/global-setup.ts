import type { TestProject } from 'vitest/node';
import { leaveRunServers, type RunServers, useRunServers } from './run-servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    servers: RunServers;
  }
}

/** One database server and one Redis for the whole run, private unless DATABASE_URL or REDIS_URL name others. */
export async function setup(project: TestProject): Promise<void> {
  project.provide('servers', await useRunServers());
}

/** Runs after a failed run too; after a cut-off one, see `end-with-us.ts`. */
export async function teardown(): Promise<void> {
  await leaveRunServers();
}
