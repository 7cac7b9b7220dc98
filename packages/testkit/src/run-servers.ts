import { env } from './env.ts';
import { startPrivateDatabase, startPrivateRedis } from './private-servers.ts';
import { createSchema, dropSchemas, newSchemaPrefix, statementsOfMigratedSchema } from './schema.ts';

/** What a test needs to know about the servers of this run. */
export interface RunServers {
  databaseUrl: string;
  schemaPrefix: string;
  /** Make a migrated schema out of an empty one. */
  schemaStatements: string[];
  redisUrl: string;
  /** Whether Redis was started for this run alone, so that a test file may empty its part of it. */
  redisIsPrivate: boolean;
}

interface Running {
  servers: RunServers;
  stop(): Promise<void>;
}

/** Starts the servers that the environment doesn't name, and makes the pattern of a migrated schema. */
async function start(): Promise<Running> {
  const [database, redis] = await Promise.all([
    env.databaseUrl === undefined ? startPrivateDatabase() : undefined,
    env.redisUrl === undefined ? startPrivateRedis() : undefined,
  ]);
  const databaseUrl = env.databaseUrl ?? database?.url ?? '';
  const schemaPrefix = newSchemaPrefix();
  async function stop(): Promise<void> {
    if (!database) await dropSchemas(databaseUrl, schemaPrefix);
    await Promise.all([database?.discard(), redis?.discard()]);
  }
  try {
    const schemaStatements = await statementsOfMigratedSchema(await createSchema(databaseUrl, schemaPrefix));
    const redisUrl = env.redisUrl ?? redis?.url ?? '';
    return { servers: { databaseUrl, schemaPrefix, schemaStatements, redisUrl, redisIsPrivate: !!redis }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Vitest loads a global set-up once per project, each with modules of its own; the process is what they share. */
const shared = globalThis as { nexomaticTestServers?: { users: number; running: Promise<Running> } };

/** Starts the servers for the first project that asks; the later ones get the same. */
export async function useRunServers(): Promise<RunServers> {
  shared.nexomaticTestServers ??= { users: 0, running: start() };
  shared.nexomaticTestServers.users += 1;
  return (await shared.nexomaticTestServers.running).servers;
}

/** Stops them when the last project is done. */
export async function leaveRunServers(): Promise<void> {
  const current = shared.nexomaticTestServers;
  if (!current) return;
  current.users -= 1;
  if (current.users > 0) return;
  delete shared.nexomaticTestServers;
  await (await current.running).stop();
}
