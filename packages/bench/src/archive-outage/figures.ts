import { idToBytes } from '@nexomatic/contracts/id';
import { spreadOf } from '../measure/spread.ts';
import type { ToldFaults } from './break-store.ts';
import type { Reads } from './keep-reading.ts';
import { faultOf, type OldLog, type Writer } from './keep-writing.ts';
import type { OutageSite } from './open-outage-site.ts';
import { digestOf, readWhole } from './read-whole.ts';

/** What is kept where. */
export interface Kept {
  hotLogs: number;
  hotChunks: number;
  /** Logs that the database says stand in an archive, output and records each by themselves. */
  archived: number;
  /** Archives by the step that they are at. */
  archives: Record<string, number>;
  objects: number;
  /** Objects of which no row tells. */
  orphans: number;
}

export async function countKept({ sql, pipeline, store }: OutageSite): Promise<Kept> {
  const tenant = idToBytes(pipeline.tenant.id);
  const [hot] = await sql.query<{ chunks: number; logs: number }>(
    'SELECT COUNT(*) AS chunks, COUNT(DISTINCT event_id) AS logs FROM log_chunks WHERE tenant_id = ?',
    [tenant],
  );
  const [parts] = await sql.query<{ n: number }>('SELECT COUNT(*) AS n FROM log_archive_parts WHERE tenant_id = ?', [
    tenant,
  ]);
  const archives = await sql.query<{ state: string; n: number }>(
    'SELECT state, COUNT(*) AS n FROM log_archives WHERE tenant_id = ? GROUP BY state',
    [tenant],
  );
  let objects = 0;
  for await (const _key of store.list('logs/')) objects += 1;
  const byState = Object.fromEntries(archives.map(({ state, n }) => [state, Number(n)]));
  const rows = Object.values(byState).reduce((sum, n) => sum + n, 0);
  return {
    hotLogs: Number(hot?.logs ?? 0),
    hotChunks: Number(hot?.chunks ?? 0),
    archived: Number(parts?.n ?? 0),
    archives: byState,
    objects,
    orphans: Math.max(0, objects - rows),
  };
}

export interface ReadTally {
  lines: number;
  /** By either hub: not the lines that were written, or not those of the first reading byte for byte. */
  wrong: string[];
  other: number;
  archived: number;
  ms: number[];
}

/** Reads every log by every hub, and compares it with what was written and with what was read when it was new. */
export async function readAll({ hubs, pipeline }: OutageSite, logs: OldLog[]): Promise<ReadTally> {
  const tally: ReadTally = { lines: 0, wrong: [], other: 0, archived: 0, ms: [] };
  for (const { id, log, digest } of logs) {
    for (const { url } of hubs) {
      const whole = await readWhole({ url, token: pipeline.apiToken }, id);
      tally.ms.push(whole.ms);
      const fault = faultOf(whole, log);
      if (fault) tally.wrong.push(`${id}: ${fault}`);
      if (digestOf(whole) !== digest) tally.other += 1;
      if (whole.archived) tally.archived += 1;
      tally.lines += whole.entries.length;
    }
  }
  return tally;
}

interface OutageFigures {
  seconds: number;
  kills: number;
  told: ToldFaults;
  recoveredSeconds: number;
  drainedSeconds: number;
  reads: Reads;
  writer: Writer;
  read: ReadTally;
}

const times = (values: number[]): string => {
  const { p50, p99 } = spreadOf(values);
  return `${values.length}; ${p50.toFixed(0)}, ${p99.toFixed(0)}`;
};

/** What the run came to, as Markdown. */
export function outageReport(figures: OutageFigures, kept: Kept): string {
  const { reads, writer, read, told } = figures;
  const list = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([what, n]) => `${n} × ${what}`)
      .join(', ') || 'none';
  const rows: [string, string | number, string | number][] = [
    ['store away, s', figures.seconds, ''],
    ['hubs killed halfway through an upload', figures.kills, ''],
    ['hubs told of the store', list(Object.fromEntries(told)), ''],
    ['hubs archive again after its return, s', figures.recoveredSeconds.toFixed(0), '≤ 930'],
    ['all archived after its return, s', figures.drainedSeconds.toFixed(0), ''],
    ['logs written', writer.done.length, ''],
    ['not as written to their first reader', writer.wrong.length, 0],
    ['reads of hot logs; ms p50, p99', times(reads.hotMs), ''],
    ['reads of archived logs; ms p50, p99', times(reads.archivedMs), ''],
    ['reads refused', list(reads.refused), 'archive_unavailable, no answer'],
    ['reads that gave something else', reads.wrong.length, 0],
    ['at the end: lines read, by both hubs', read.lines, ''],
    ['logs with a line missing, doubled or changed', read.wrong.length, 0],
    ['logs whose SHA-256 differs from that of their first reading', read.other, 0],
    ['read from the archive', read.archived, writer.done.length * 2],
    ['chunks left in the database', kept.hotChunks, 0],
    ['archives', list(kept.archives), ''],
    ['objects; of which no row tells', `${kept.objects}; ${kept.orphans}`, '; 0'],
  ];
  const wrong = [...writer.wrong, ...read.wrong, ...reads.wrong].slice(0, 20).map((one) => `- ${one}`);
  return [
    '| figure | measured | expected |',
    '|---|---|---|',
    ...rows.map((row) => `| ${row.join(' | ')} |`),
    ...wrong,
  ].join('\n');
}
