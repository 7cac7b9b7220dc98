import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@nexomatic/clock';
import { createScheduleInput } from '@nexomatic/contracts/schedule-api';
import type { Database } from '@nexomatic/db/database';
import { silentLogger } from '@nexomatic/logger';
import { connectRedis } from '@nexomatic/queue/connection';
import { startPrivateRedis, type TestServer } from '@nexomatic/testkit/private-servers';
import { systemActor } from '../../auth/actor.ts';
import { openTestHub } from '../../testing/open-test-hub.ts';
import { createSchedule } from '../save-schedule.ts';
import { startKillableHub } from './hub-process.ts';
import { type Faults, type ProvedRuns, proveRuns } from './prove-runs.ts';
import { readSteppedClock, writeStep } from './stepped-clock.ts';

const hourMs = 3_600_000;
const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];

export interface TwoHubsOptions {
  /** Migrated, with nothing else in it. */
  database: Pick<Database, 'sql'> & { url: string };
  schedules: number;
  fires: number;
  /** So many of them before the first harm. */
  quietFires: number;
  /** The same seed does the same harm. */
  seed: number;
  say(text: string): void;
}

/** Two hubs as processes and a Redis that keeps nothing, all of which are killed while schedules of every minute are due. */
export async function proveWithTwoHubs(options: TwoHubsOptions): Promise<ProvedRuns> {
  const { database, schedules, fires, quietFires, seed, say } = options;
  await using stack = new AsyncDisposableStack();
  const folder = mkdtempSync(join(tmpdir(), 'nexomatic-proof-'));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  let redis = await startPrivateRedis();
  stack.defer(() => redis.discard());

  // Later than any clock: what the database stamps by itself lies before it.
  const start = Math.ceil(systemClock.now() / hourMs) * hourMs + 24 * hourMs;
  const clockFile = join(folder, 'clock');
  writeStep(clockFile, { before: start, at: 0, after: start });
  const where = { databaseUrl: database.url, redisUrl: redis.url, clockFile };
  say(`making ${schedules} schedules of every minute`);
  await makeSchedules(where, schedules);
  say('starting two hubs');
  const hubs = [await startKillableHub(where), await startKillableHub(where)] as const;
  for (const hub of hubs) stack.defer(() => hub.stop());

  const faults: Faults = {
    'a hub killed': () => hubs[0].killAndStart(),
    'Redis killed': async () => {
      await redis.kill();
      redis = await redis.startAgain();
    },
    'Redis emptied': () => empty(redis),
    'both hubs killed': async () => {
      await Promise.all(hubs.map((hub) => hub.killAndStart()));
    },
  };
  const clock = { clockFile, start, random: randomOf(seed) };
  return await proveRuns({ sql: database.sql, ...clock, schedules, fires, quietFires, faults, say });
}

/** Each in one of several zones, so that they are due together all the same. */
async function makeSchedules(where: { databaseUrl: string; redisUrl: string; clockFile: string }, schedules: number) {
  const hub = await openTestHub(where);
  const deps = { ...hub.services, databaseTime: async () => new Date(readSteppedClock(where.clockFile)) };
  const eventTypeId = await hub.addEventType('due.every-minute');
  for (let i = 0; i < schedules; i++) {
    const timeZone = zones[i % zones.length];
    const fields = { name: `every-minute-${i}`, eventTypeId, cron: '* * * * *', timeZone, enabled: true };
    await createSchedule(deps, hub.tenantId, systemActor, createScheduleInput.parse(fields));
  }
  await hub.close();
}

async function empty(server: TestServer): Promise<void> {
  const redis = connectRedis(server.url, { role: 'testkit', logger: silentLogger });
  await redis.flushall();
  redis.disconnect();
}

/** Numbers in [0, 1) that the seed decides. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
