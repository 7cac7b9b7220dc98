import { createHmac } from 'node:crypto';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { HelloAnswer } from '@nexomatic/contracts/sink-protocol';
import { listDirectSinks } from '@nexomatic/db/ledger/sinks';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import type { Redis } from '@nexomatic/queue/connection';
import { redisRunId } from '@nexomatic/queue/epoch';
import { preloadScripts } from '@nexomatic/queue/preload-scripts';
import { allowSink, isOpenToAll, removeSinkUser, type SinkUser, sinkUsername } from '@nexomatic/queue/sink-users';
import type { HubEnv } from '../../env.ts';
import type { Keyring } from '../../keyring/keyring.ts';
import { queuesOf } from '../queues-of.ts';

/** A sink that may have a Redis user, and what proves it to the hub: another credential means another password. */
export interface DirectSink {
  tenantId: Id<'tenant'>;
  sinkId: Id<'sink'>;
  sinkTypeName: string;
  credential: Uint8Array;
}

/**
 * Lets sinks of the hub's own network take tickets off Redis: each with a user that reaches its two queues and may run
 * scripts that the hub has loaded. Passwords are made of the keyring, so any hub can let a sink in again and none is stored.
 */
export interface DirectAccess {
  allow(sink: DirectSink): Promise<NonNullable<HelloAnswer['redis']>>;
  /** Ends its connections to Redis, if there are any. */
  remove(sinkId: Id<'sink'>): Promise<void>;
  /** Loads what Redis lacks, and lets all sinks in again if it was started anew; gives whether anything was done. */
  restore(): Promise<boolean>;
}

interface DirectDeps {
  env: Pick<HubEnv, 'redisUrl' | 'sinkRedisUrl' | 'instance'>;
  redis: Redis;
  sql: Sql;
  keyring: Pick<Keyring, 'derive'>;
  logger: Logger;
}

export function createDirectAccess({ env, redis, sql, keyring, logger }: DirectDeps): DirectAccess {
  const [key] = keyring.derive('redis users');
  /** The run of the Redis server whose users are known to be there. */
  let restored: string | undefined;

  function userOf({ tenantId, sinkId, sinkTypeName, credential }: DirectSink): SinkUser {
    const password = createHmac('sha256', key ?? '')
      .update(`${sinkId}\n`)
      .update(credential)
      .digest('base64url');
    return { username: sinkUsername(sinkId), password, queues: queuesOf({ tenantId, sinkId, sinkTypeName }) };
  }

  return {
    async allow(sink) {
      if (env.instance === 'production' && (await isOpenToAll(redis))) {
        const detail =
          'This hub’s Redis lets everybody in without a password, so no sink may be told of it: set one (requirepass), or let the sink use the transport gateway.';
        throw new NexomaticError('unprocessable', detail);
      }
      const user = userOf(sink);
      await preloadScripts(redis);
      await allowSink(redis, user).catch((error: Error) => {
        if (redis.status !== 'ready') throw error;
        const detail = `This hub may not make users in its Redis (${error.message}); let the sink use the transport gateway.`;
        throw new NexomaticError('unprocessable', detail, { cause: error });
      });
      return { url: env.sinkRedisUrl, username: user.username, password: user.password };
    },
    remove: (sinkId) => removeSinkUser(redis, sinkId),
    async restore() {
      const loaded = await preloadScripts(redis);
      const run = await redisRunId(redis);
      if (run === restored) return loaded > 0;
      const sinks = await listDirectSinks(sql);
      await Promise.all(sinks.map((sink) => allowSink(redis, userOf(sink))));
      restored = run;
      if (loaded > 0 || sinks.length > 0) logger.info({ scripts: loaded, sinks: sinks.length }, 'redis.prepared');
      return true;
    },
  };
}
