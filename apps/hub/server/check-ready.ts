import { pendingMigrations } from '@nexomatic/db/migrate';
import type { Services } from './services.ts';

/** A dependency that takes longer than this counts as one that does not answer. */
const limitMs = 2_000;

type CheckName = 'database' | 'redis' | 'migrations';

export interface Readiness {
  ready: boolean;
  /** `ok`, or what is wrong, by name. */
  checks: Record<CheckName, string>;
  /** How long each took, in milliseconds. */
  ms: Record<CheckName, number>;
}

/** Whether the hub has what its work needs: database, Redis, and a schema of this version. */
export async function checkReady(services: Pick<Services, 'db' | 'redisReady' | 'clock'>): Promise<Readiness> {
  const [database, redis, migrations] = await Promise.all([
    timed(() => services.db.ping()),
    timed(() => services.redisReady()),
    timed(async () => {
      const pending = await pendingMigrations(services.db);
      if (pending.length > 0) throw new Error(`${pending.length} migrations are not applied`);
    }),
  ]);
  const checks = { database: database.result, redis: redis.result, migrations: migrations.result };
  const ms = { database: database.ms, redis: redis.ms, migrations: migrations.ms };
  return { ready: Object.values(checks).every((result) => result === 'ok'), checks, ms };

  async function timed(work: () => Promise<void>): Promise<{ result: string; ms: number }> {
    const from = services.clock.monotonic();
    const result = await check(work);
    return { result, ms: Math.round((services.clock.monotonic() - from) * 10) / 10 };
  }
}

async function check(work: () => Promise<void>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${limitMs} ms`)), limitMs);
  });
  try {
    await Promise.race([work(), late]);
    return 'ok';
  } catch (error) {
    // Whoever may knock reads this: the name of a network fault says enough, and its message would name addresses.
    if (error instanceof Error && 'code' in error) return String(error.code);
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}
