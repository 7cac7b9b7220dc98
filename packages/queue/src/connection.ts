import type { Logger } from '@nexomatic/logger';
import { Redis, type RedisOptions } from 'ioredis';
import { isDenial, runLoadedScriptsOnly } from './loaded-scripts-only.ts';
import { connectionName } from './names.ts';
import { withoutLogin } from './without-login.ts';

export type { Redis };

/** Of a user who may run loaded scripts alone. */
export interface Credentials {
  username: string;
  password: string;
}

/** A connection on which nothing comes back for this long is dead, whatever TCP says of it. */
const silentMs = 4_500;
/** A sink has four connections, and together they try no more than once a second. */
const sinkRetryMs = 6_000;

/**
 * A connection that reconnects for ever with back-off (0.2 s to 2 s, to 6 s for sinks). Commands given while it is down fail within
 * `commandTimeoutMs` instead of queueing up without end; blocking connections (workers) wait instead.
 */
export function connectRedis(
  url: string,
  options: { role: string; logger: Logger; blocking?: boolean; commandTimeoutMs?: number; credentials?: Credentials },
): Redis {
  const { role, logger, blocking = false, commandTimeoutMs = 5_000, credentials } = options;
  let down = false;
  let denied = false;
  const settings: RedisOptions = {
    connectionName: connectionName(role),
    // BullMQ wants null on blocking connections: a command waits for the reconnect instead of failing.
    maxRetriesPerRequest: null,
    // It asks for INFO, which is not for everybody.
    enableReadyCheck: !credentials,
    disableClientInfo: !!credentials,
    // Commands of one turn share a write: a fifth less CPU per event at full load.
    enableAutoPipelining: true,
    connectTimeout: 5_000,
    keepAlive: 5_000,
    socketTimeout: silentMs,
    retryStrategy: (times) =>
      denied ? sinkRetryMs : Math.min(100 * 2 ** Math.min(times, 6), credentials ? sinkRetryMs : 2_000),
    ...(blocking ? {} : { commandTimeout: commandTimeoutMs }),
    ...credentials,
  };
  const redis = credentials ? runLoadedScriptsOnly(new Redis(withoutLogin(url), settings)) : new Redis(url, settings);
  redis.on('error', (error: Error) => {
    denied = isDenial(error);
    if (!down) logger.warn({ role, error: error.message }, 'redis.lost');
    down = true;
  });
  redis.on('ready', () => {
    if (down) logger.info({ role }, 'redis.recovered');
    down = false;
    denied = false;
  });
  return redis;
}
