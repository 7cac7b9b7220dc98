import { join } from 'node:path';
import { ingestAnswerSchema } from '@nexomatic/contracts/envelope';
import type { Database } from '@nexomatic/db/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { startChild } from '../children/start-child.ts';
import { type Contestant, type Idle, roundLimitMs, type Servers, usageOf } from '../contestant.ts';
import { microseconds } from '../measure/instant.ts';
import { spreadOf } from '../measure/spread.ts';
import { openLedger } from './ledger.ts';
import type { SenderCalls, SenderSettings } from './post-webhooks.ts';
import type { SinkCalls, SinkSettings } from './run-sink.ts';
import { startHub } from './start-hub.ts';

interface PipelineOptions {
  slots: number;
  connections: number;
  folder: string;
  /** For hub and sink. */
  nodeOptions: string[];
}

/** Name of the module that does nothing, in the sink. */
const module = 'bench.no-op';

/** The whole pipeline: webhook over HTTP → hub → ticket → sink → SUCCESS in the database, hub and sink as they are run. */
export async function startPipeline(
  servers: Servers,
  database: Database,
  { slots, connections, folder, nodeOptions }: PipelineOptions,
  stack: AsyncDisposableStack,
): Promise<Contestant> {
  const { tenant, sinkToken, webhookKey } = await makePipeline(database, {
    sinkType: { runtime: 'CUSTOM' },
    action: { module },
    // What is measured is how fast it can be, not where its owner would have it stop.
    source: { settings: JSON.stringify({ limits: { perSecond: 100_000, burst: 100_000 } }) },
  });
  const ledger = openLedger(database.sql, tenant.id);
  const hub = stack.use(await startHub(servers, { folder, nodeOptions }));
  const sink = stack.use(
    await startChild<SinkCalls>({
      name: 'sink',
      program: new URL('run-sink.ts', import.meta.url),
      settings: {
        hubUrl: hub.url,
        sinkToken,
        transport: 'direct',
        redisUrl: servers.redis.url,
        stateFolder: join(folder, 'sink'),
        slots,
        module,
      } satisfies SinkSettings,
      folder,
      nodeOptions,
    }),
  );
  const sender = stack.use(
    await startChild<SenderCalls>({
      name: 'sender',
      program: new URL('post-webhooks.ts', import.meta.url),
      settings: { url: `${hub.url}/h/${webhookKey}`, connections } satisfies SenderSettings,
      folder,
    }),
  );
  const pids = {
    mariadbd: servers.database.pid,
    'redis-server': servers.redis.pid,
    hub: hub.pid,
    sink: sink.pid,
  };
  let total = 0;

  async function process(count: number): Promise<number> {
    const before = await ledger.counts();
    const from = microseconds();
    total += count;
    const { statuses } = await sender.ask('post', { count });
    if (statuses['202'] !== count) throw new Error(`not all webhooks were accepted: ${JSON.stringify(statuses)}`);
    await sink.ask('handled', { total, withinMs: roundLimitMs });
    await ledger.settled(roundLimitMs);
    const seconds = (microseconds() - from) / 1_000_000;
    const handled = await sink.ask('handled', { total, withinMs: roundLimitMs });
    const after = await ledger.counts();
    demandAll({
      accepted: count,
      receipts: after.receipts - before.receipts,
      rows: after.rows - before.rows,
      successes: after.successes - before.successes,
      handled: count + handled.total - total,
    });
    return seconds;
  }

  return {
    async warmUp(count) {
      await process(count);
    },
    async round(count) {
      const usage = usageOf(pids);
      const load = usageOf({ sender: sender.pid });
      const statements = await ledger.othersStatements();
      const seconds = await process(count);
      return {
        seconds,
        sqlStatements: (await ledger.othersStatements()) - statements,
        processes: usage.since(),
        loadGenerator: load.since().sender ?? null,
      };
    },
    async idle(count, pause): Promise<Idle> {
      const times: { start: number; answer: number; success: number }[] = [];
      for (let i = 0; i < count; i += 1) {
        await pause();
        total += 1;
        const { status, body, sentAt, answeredAt } = await sender.ask('postOne', null);
        if (status !== 202) throw new Error(`a webhook was answered with ${status}: ${body}`);
        const { lastStartedAt } = await sink.ask('handled', { total, withinMs: roundLimitMs });
        const { eventId } = ingestAnswerSchema.parse(JSON.parse(body));
        const succeededAt = await ledger.succeededAt(eventId ?? '', roundLimitMs);
        const since = (instant: number): number => (instant - sentAt) / 1_000;
        times.push({ start: since(lastStartedAt), answer: since(answeredAt), success: since(succeededAt) });
      }
      return {
        start: spreadOf(times.map(({ start }) => start)),
        answer: spreadOf(times.map(({ answer }) => answer)),
        success: spreadOf(times.map(({ success }) => success)),
      };
    },
  };
}

/** Accepted = receipts = rows = SUCCESS = handled once, or the round is worth nothing. */
function demandAll(figures: Record<'accepted' | 'receipts' | 'rows' | 'successes' | 'handled', number>): void {
  if (new Set(Object.values(figures)).size === 1) return;
  throw new Error(`the round does not add up: ${JSON.stringify(figures)}`);
}
