/**
 * Servers to test on instead of private ones, and vitest's number of the worker that this process is. The only file of
 * this package that reads the environment.
 */
export const env = {
  databaseUrl: process.env.DATABASE_URL,
  redisUrl: process.env.REDIS_URL,
  /** What a program that is started finds by itself. */
  inherited: process.env,
  workerNumber: Number(process.env.VITEST_POOL_ID ?? 1),
};
