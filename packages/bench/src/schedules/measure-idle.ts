import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '@nexomatic/db/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import type { Servers } from '../contestant.ts';
import { microseconds } from '../measure/instant.ts';
import { readUsage } from '../measure/process-usage.ts';
import { startHub } from '../pipeline/start-hub.ts';
import { dropSchedules, makeSchedules } from './make-schedules.ts';

export interface IdleFigures {
  schedules: number;
  /** Parts of one processor. */
  hubCpu: number;
  databaseCpu: number;
  redisCpu: number;
  hubBytes: number;
}

/** After the start, until what is done once is done. */
const settleMs = 15_000;
const measuredMs = 30_000;

/** What a hub and its servers use while no schedule is due. */
export async function measureIdle(
  servers: Servers,
  database: Database,
  { folder, sizes }: { folder: string; sizes: number[] },
  say: (text: string) => void,
): Promise<IdleFigures[]> {
  const figures: IdleFigures[] = [];
  const settings = { NEXOMATIC_KEYRING: randomBytes(32).toString('hex') };
  for (const schedules of sizes) {
    await dropSchedules(database);
    const { eventType } = await makePipeline(database);
    await makeSchedules(database, eventType, schedules, { cron: '0 0 1 1 *', dueAt: new Date(Date.UTC(2088, 0)) });
    say(`an idle hub with ${schedules} schedules`);
    await using hub = await startHub(servers, { folder, nodeOptions: [], settings });
    await pause(settleMs);
    const pids = [hub.pid, servers.database.pid, servers.redis.pid];
    const before = pids.map((pid) => readUsage(pid).cpuMicros);
    const from = microseconds();
    await pause(measuredMs);
    const took = microseconds() - from;
    const [hubCpu = 0, databaseCpu = 0, redisCpu = 0] = pids.map(
      (pid, i) => (readUsage(pid).cpuMicros - (before[i] ?? 0)) / took,
    );
    figures.push({ schedules, hubCpu, databaseCpu, redisCpu, hubBytes: readUsage(hub.pid).residentBytes });
  }
  return figures;
}
