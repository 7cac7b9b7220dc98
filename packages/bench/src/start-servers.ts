import { join } from 'node:path';
import { startDatabase } from '@nexomatic/cli/infrastructure/start-database';
import { startRedis } from '@nexomatic/cli/infrastructure/start-redis';
import { endWithUs } from '@nexomatic/testkit/end-with-us';
import type { Servers } from './contestant.ts';

/** A private database and Redis in that folder; `stack` stops them. Both keep every commit on disk, as they do in production. */
export async function startServers(folder: string, stack: AsyncDisposableStack): Promise<Servers> {
  const database = await startDatabase({ directory: join(folder, 'database') });
  stack.defer(() => database.stop());
  const redis = await startRedis({ directory: join(folder, 'redis'), appendOnly: true });
  stack.defer(() => redis.stop());
  // Stands by in case the harness itself is killed.
  stack.defer(endWithUs([database.pid, redis.pid], folder));
  return { database, redis };
}
