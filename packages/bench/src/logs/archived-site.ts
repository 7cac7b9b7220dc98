import { type Id, idToBytes } from '@nexomatic/contracts/id';
import { makePipeline } from '@nexomatic/testkit/factories';
import { waitFor } from '@nexomatic/testkit/wait-for';
import type { PrivateSite } from '../open-private-site.ts';
import { type HubProcess, startHub } from '../pipeline/start-hub.ts';
import { makeOld, type Pipeline } from './fire-event.ts';
import { sampleLogs } from './sample-logs.ts';
import { chunksOf, sinkByHand } from './sink-by-hand.ts';

const daysAgo = 20;
const chunksOfCall = 4;

/** A hub whose logs are written new, and can be made old enough for its archive. */
export async function openArchivedSite(
  { folder, servers, database }: PrivateSite,
  settings: { NEXOMATIC_KEYRING: string; [name: string]: string },
  stack: AsyncDisposableStack,
) {
  const { sql } = database;
  const open = () => startHub(servers, { folder, nodeOptions: [], settings });
  let hub: HubProcess = await open();
  stack.defer(async () => hub[Symbol.asyncDispose]());

  async function startAnew(): Promise<void> {
    await hub[Symbol.asyncDispose]();
    // Otherwise it would look for old logs in ten minutes.
    await sql.run(`DELETE FROM instance_settings WHERE name IN ('archive.turn', 'archive.passed')`);
    hub = await open();
  }

  return {
    sql,
    url: () => hub.url,
    pipeline: () => makePipeline(database),
    /** Has attempts write logs of this kind, so many lines each. */
    async write(
      pipeline: Pipeline,
      kind: string,
      { logs, lines }: { logs: number; lines: number },
    ): Promise<Id<'event'>[]> {
      const sample = sampleLogs[kind];
      if (!sample) throw new Error(`there is no sample of ${kind}`);
      const chunks = chunksOf(sample.text(lines), sample);
      const sink = sinkByHand(sql, hub.url, pipeline);
      const ids: Id<'event'>[] = [];
      for (let log = 0; log < logs; log += 1) {
        const attempt = await sink.attempt({ daysAgo });
        for (let at = 0; at < chunks.length; at += chunksOfCall)
          await attempt.append(chunks.slice(at, at + chunksOfCall));
        await attempt.end();
        ids.push(attempt.id);
      }
      return ids;
    },
    /** A hub that has read nothing yet. */
    startAnew,
    /** Makes them old, and waits until the archive alone has them. */
    async archive(pipeline: Pipeline, ids: Id<'event'>[]): Promise<void> {
      for (const id of ids) await makeOld(sql, pipeline, id, daysAgo);
      await startAnew();
      const left = async () => {
        const [row] = await sql.query<{ n: number }>('SELECT COUNT(*) AS n FROM log_chunks WHERE tenant_id = ?', [
          idToBytes(pipeline.tenant.id),
        ]);
        return Number(row?.n ?? 0);
      };
      await waitFor(async () => (await left()) === 0, {
        what: 'logs to be archived',
        timeoutMs: 180_000,
        everyMs: 250,
      });
    },
  };
}

export type ArchivedSite = Awaited<ReturnType<typeof openArchivedSite>>;
