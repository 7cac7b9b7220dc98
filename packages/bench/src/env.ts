/** The only file of this package that reads the environment. */

/** What every child gets: the harness' own environment, less all that would configure a hub or a sink. */
export const childEnv: Record<string, string | undefined> = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(NEXOMATIC_|DATABASE_URL|REDIS_URL|NODE_OPTIONS)/.test(name)),
);
