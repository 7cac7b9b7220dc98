import { setTimeout as pause } from 'node:timers/promises';
import { idToBytes } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { microseconds, millisecondsOf } from '../measure/instant.ts';
import { readUsage } from '../measure/process-usage.ts';
import { spreadOf } from '../measure/spread.ts';
import type { HubProcess } from '../pipeline/start-hub.ts';
import { sampleLogs } from './sample-logs.ts';
import { type AttemptByHand, type ChunkBody, chunksOf, sinkByHand } from './sink-by-hand.ts';

interface Case {
  writers: number;
  /** Of a chunk: what a module prints in a quarter of a second, or 64 KiB. */
  lines: number;
  packed: boolean;
}

const cases: Case[] = [
  ...[1, 4, 16].map((writers) => ({ writers, lines: 10, packed: false })),
  ...[1, 4, 16].map((writers) => ({ writers, lines: 1_000, packed: true })),
  { writers: 4, lines: 1_000, packed: false },
];
/** Chunks of one call, as agents send them. */
const chunksOfCall = 4;
/** Bytes of an attempt's log: it is to stay below what is kept of one. */
const attemptBytes = 12 * 1024 * 1024;
const settleMs = 2_000;

export interface IngestFigures extends Case {
  linesPerSecond: number;
  megabytesPerSecond: number;
  /** Of one call, until its chunks are stored. */
  call: { p50: number; p99: number };
  /** Lines that have rows for the search. */
  searchable: number;
  hubBytes: number;
  /** Of a page of the list of events, asked for meanwhile. */
  list: { p50: number; p99: number };
}

/** Writes logs to a hub over the API of agents, a case after the other, each by a tenant of its own. */
export async function measureIngest(
  database: Database,
  hub: HubProcess,
  seconds: number,
  say: (text: string) => void,
): Promise<IngestFigures[]> {
  const figures: IngestFigures[] = [];
  for (const one of cases) {
    say(`${one.writers} writers, chunks of ${one.lines} lines${one.packed ? ', packed' : ''}`);
    figures.push(await measureCase(database, hub, seconds, one));
    await pause(settleMs);
  }
  return figures;
}

async function measureCase(database: Database, hub: HubProcess, seconds: number, one: Case): Promise<IngestFigures> {
  const pipeline = await makePipeline(database);
  const sink = sinkByHand(database.sql, hub.url, pipeline);
  const text = sampleLogs['plain prints']?.text(one.lines) ?? '';
  const [chunk] = chunksOf(text.slice(0, 64 * 1024), one);
  if (!chunk) throw new Error('the text is empty');
  const linesOfChunk = text.slice(0, 64 * 1024).split('\n').length - 1;
  const bytesOfChunk = Math.min(text.length, 64 * 1024);
  const call: ChunkBody[] = Array.from({ length: chunksOfCall }, () => chunk);
  const attempts = await Promise.all(Array.from({ length: one.writers }, () => sink.attempt()));
  const [callMs, listMs]: [number[], number[]] = [[], []];
  const from = microseconds();
  const until = from + seconds * 1_000_000;

  async function write(first: AttemptByHand): Promise<void> {
    let attempt = first;
    for (let written = 0; microseconds() < until; written += bytesOfChunk * chunksOfCall) {
      if (written + bytesOfChunk * chunksOfCall > attemptBytes) {
        await attempt.end();
        attempt = await sink.attempt();
        written = 0;
      }
      callMs.push(await millisecondsOf(() => attempt.append(call)));
    }
    await attempt.end();
  }

  async function list(): Promise<void> {
    const headers = { authorization: `Bearer ${pipeline.apiToken}` };
    for (; microseconds() < until; await pause(50))
      listMs.push(
        await millisecondsOf(async () => (await fetch(`${hub.url}/api/v1/events`, { headers })).arrayBuffer()),
      );
  }

  await Promise.all([...attempts.map(write), list()]);
  const took = (microseconds() - from) / 1_000_000;
  const chunks = callMs.length * chunksOfCall;
  const [rows] = await database.sql.query<{ n: number }>('SELECT COUNT(*) AS n FROM log_records WHERE tenant_id = ?', [
    idToBytes(pipeline.tenant.id),
  ]);
  return {
    ...one,
    lines: linesOfChunk,
    linesPerSecond: (chunks * linesOfChunk) / took,
    megabytesPerSecond: (chunks * bytesOfChunk) / took / 1_048_576,
    call: spreadOf(callMs),
    searchable: Number(rows?.n ?? 0) / (chunks * linesOfChunk),
    hubBytes: readUsage(hub.pid).peakBytes,
    list: spreadOf(listMs),
  };
}

/** As Markdown. */
export function ingestReport(figures: IngestFigures[]): string[] {
  return [
    '| writers | lines of a chunk | lines/s | MB/s | call p50, p99 ms | searchable | events.list p50, p99 ms | hub, most MB |',
    '|---|---|---|---|---|---|---|---|',
    ...figures.map(({ writers, lines, packed, linesPerSecond, megabytesPerSecond, call, searchable, list, hubBytes }) =>
      [
        `| ${writers}`,
        `${lines}${packed ? ', packed' : ''}`,
        Math.round(linesPerSecond).toLocaleString('en'),
        megabytesPerSecond.toFixed(1),
        `${call.p50.toFixed(1)}, ${call.p99.toFixed(1)}`,
        `${(searchable * 100).toFixed(0)} %`,
        `${list.p50.toFixed(1)}, ${list.p99.toFixed(1)}`,
        `${(hubBytes / 1_048_576).toFixed(0)} |`,
      ].join(' | '),
    ),
  ];
}
