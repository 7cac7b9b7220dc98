import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Id, idToBytes } from '@nexomatic/contracts/id';
import type { Sql } from '@nexomatic/db/sql';
import type { PrivateSite } from '../open-private-site.ts';
import { openArchivedSite } from './archived-site.ts';
import type { Pipeline } from './fire-event.ts';
import { sampleLogs } from './sample-logs.ts';

const logs = 5;
/** As many of one attempt as are searchable. */
const lines = 10_000;

export interface SizeFigures {
  kind: string;
  /** Bytes of a thousand lines: as they were written, packed in the database, … */
  plain: number;
  bodies: number;
  /** … in its pages for the search, which grow by a megabyte at a time, … */
  recordPages: number;
  /** … and in the archive. */
  archived: number;
}

/** Writes logs of each kind and measures what a thousand lines take: new, searchable, and archived. */
export async function measureSizes(
  site: PrivateSite,
  stack: AsyncDisposableStack,
  say: (text: string) => void,
): Promise<SizeFigures[]> {
  const settings = {
    NEXOMATIC_KEYRING: randomBytes(32).toString('hex'),
    NEXOMATIC_BLOB_FOLDER: join(site.folder, 'archive'),
  };
  const hub = await openArchivedSite(site, settings, stack);
  const { sql } = site.database;
  const written: { pipeline: Pipeline; ids: Id<'event'>[]; sizes: Omit<SizeFigures, 'archived'> }[] = [];
  for (const [kind, { text }] of Object.entries(sampleLogs)) {
    say(`${logs} logs of ${lines} lines: ${kind}`);
    const pipeline = await hub.pipeline();
    const before = await recordPages(sql);
    const ids = await hub.write(pipeline, kind, { logs, lines });
    const rows = await sumOf(sql, 'COUNT(*)', 'log_records', pipeline);
    if (rows < logs * lines) throw new Error(`${rows} of ${logs * lines} lines are searchable`);
    const sizes = {
      kind,
      plain: Buffer.byteLength(text(lines)) / (lines / 1_000),
      bodies: per1000(await sumOf(sql, 'SUM(LENGTH(body))', 'log_chunks', pipeline)),
      recordPages: per1000((await recordPages(sql)) - before),
    };
    written.push({ pipeline, ids, sizes });
  }
  // Afterwards: the pages that it leaves would be used by the next kind.
  say('archiving them');
  const figures: SizeFigures[] = [];
  for (const { pipeline, ids, sizes } of written) {
    await hub.archive(pipeline, ids);
    figures.push({ ...sizes, archived: per1000(await sumOf(sql, 'SUM(size)', 'log_archives', pipeline)) });
  }
  return figures;
}

const per1000 = (bytes: number): number => bytes / ((logs * lines) / 1_000);

async function sumOf(sql: Sql, what: string, table: string, { tenant }: Pipeline): Promise<number> {
  const [row] = await sql.query<{ n: number }>(`SELECT ${what} AS n FROM ${table} WHERE tenant_id = ?`, [
    idToBytes(tenant.id),
  ]);
  return Number(row?.n ?? 0);
}

/** Bytes of the pages of the rows for the search and their indexes. */
async function recordPages(sql: Sql): Promise<number> {
  await sql.query('ANALYZE TABLE log_records');
  const [row] = await sql.query<{ bytes: number }>(
    `SELECT SUM(stat_value) * @@innodb_page_size AS bytes FROM mysql.innodb_index_stats
     WHERE database_name = DATABASE() AND table_name = 'log_records' AND stat_name = 'size'`,
  );
  return Number(row?.bytes ?? 0);
}

/** As Markdown. */
export function sizeReport(figures: SizeFigures[]): string[] {
  const kilobytes = (bytes: number): string => (bytes / 1_024).toFixed(1);
  return [
    'KiB of 1,000 lines',
    '',
    '| log | as written | packed | pages for the search | archived |',
    '|---|---|---|---|---|',
    ...figures.map(({ kind, ...sizes }) => {
      const cells = [sizes.plain, sizes.bodies, sizes.recordPages, sizes.archived].map(kilobytes);
      return `| ${kind} | ${cells.join(' | ')} |`;
    }),
  ];
}
