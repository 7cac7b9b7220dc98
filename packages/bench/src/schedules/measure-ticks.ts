import type { Database } from '@nexomatic/db/database';
import { fireDue } from '@nexomatic/hub/server/schedules/fire-due';
import { openTestHub } from '@nexomatic/hub/server/testing/open-test-hub';
import type { Servers } from '../contestant.ts';
import { microseconds } from '../measure/instant.ts';
import { dropSchedules, makeSchedules } from './make-schedules.ts';

interface TickFigures {
  schedules: number;
  /** Milliseconds of a look at which nothing is due, and of one at which ten schedules fire. */
  emptyMs: number[];
  tenMs: number[];
}

export interface TickCosts {
  bySize: TickFigures[];
  /** Of one look at which so many fire. */
  burst: { schedules: number; ms: number };
}

const minuteMs = 60_000;
const emptyLooks = 300;
const firingLooks = 60;
const mostAtOnce = 1_000;
const start = Date.UTC(2088, 5, 1);
const minutes = (count: number): Date => new Date(start + count * minuteMs);

/** Looks at what is due, in this process, with more and more schedules that are not. */
export async function measureTicks(
  { database: { url: databaseUrl }, redis: { url: redisUrl } }: Servers,
  database: Database,
  sizes: number[],
  say: (text: string) => void,
): Promise<TickCosts> {
  await dropSchedules(database);
  const hub = await openTestHub({ databaseUrl, redisUrl });
  const eventType = { tenantId: hub.tenantId, id: await hub.addEventType('tick.cost') };
  const look = async (at: Date): Promise<number> => {
    const from = microseconds();
    await fireDue(hub.services, at);
    return (microseconds() - from) / 1_000;
  };
  await makeSchedules(database, eventType, 10, { cron: '* * * * *', dueAt: minutes(1) });
  const bySize: TickFigures[] = [];
  let minute = 0;
  let standing = 10;
  for (const schedules of sizes) {
    say(`looking at what is due among ${schedules} schedules`);
    await makeSchedules(database, eventType, schedules - standing, {
      cron: '0 0 1 1 *',
      dueAt: new Date(Date.UTC(2089, 0)),
    });
    standing = Math.max(standing, schedules);
    const figures: TickFigures = { schedules, emptyMs: [], tenMs: [] };
    for (let i = 0; i < emptyLooks; i++) figures.emptyMs.push(await look(minutes(minute)));
    for (let i = 0; i < firingLooks; i++) figures.tenMs.push(await look(minutes(++minute)));
    bySize.push(figures);
  }
  say(`firing ${mostAtOnce} at once`);
  await makeSchedules(database, eventType, mostAtOnce - 10, { cron: '* * * * *', dueAt: minutes(minute + 1) });
  const burst = { schedules: mostAtOnce, ms: await look(minutes(minute + 1)) };
  await hub.close();
  return { bySize, burst };
}
