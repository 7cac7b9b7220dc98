import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { startR2 } from '@nexomatic/blob-store/testing/servers';
import type { Id } from '@nexomatic/contracts/id';
import { readWhole } from '../archive-outage/read-whole.ts';
import { millisecondsOf } from '../measure/instant.ts';
import { type Spread, spreadOf } from '../measure/spread.ts';
import type { PrivateSite } from '../open-private-site.ts';
import { type ArchivedSite, openArchivedSite } from './archived-site.ts';

const logs = 12;
const lines = 20_000;

/** Milliseconds of the first screen of a log, of one in its middle, and of all of it. */
type Reads = Record<'first' | 'middle' | 'whole', Spread>;

export interface ArchiveFigures {
  store: string;
  hot: Reads;
  /** By a hub that has read no block yet, and by the same a second time. */
  cold: Reads;
  warm: Reads;
}

/** Reads logs out of the database and the same out of the archive, in a folder and in a server that speaks S3. */
export async function measureArchive(site: PrivateSite, say: (text: string) => void): Promise<ArchiveFigures[]> {
  await using r2 = await startR2();
  const stores: Record<string, Record<string, string>> = {
    folder: { NEXOMATIC_BLOB_FOLDER: join(site.folder, 'archive') },
    S3: {
      NEXOMATIC_BLOB_STORE: 's3',
      NEXOMATIC_BLOB_CONTAINER: r2.settings.bucket,
      NEXOMATIC_BLOB_S3_ENDPOINT: r2.url,
      NEXOMATIC_BLOB_S3_KEY_ID: r2.settings.credentials?.accessKeyId ?? '',
      NEXOMATIC_BLOB_S3_SECRET: r2.settings.credentials?.secretAccessKey ?? '',
    },
  };
  const NEXOMATIC_KEYRING = randomBytes(32).toString('hex');
  const figures: ArchiveFigures[] = [];
  for (const [store, settings] of Object.entries(stores)) {
    await using stack = new AsyncDisposableStack();
    figures.push(
      await measureStore(await openArchivedSite(site, { ...settings, NEXOMATIC_KEYRING }, stack), store, say),
    );
  }
  return figures;
}

async function measureStore(site: ArchivedSite, store: string, say: (text: string) => void): Promise<ArchiveFigures> {
  say(`${store}: writing ${logs} logs of ${lines} lines`);
  const pipeline = await site.pipeline();
  const ids = await site.write(pipeline, 'plain prints', { logs, lines });
  const token = pipeline.apiToken;
  // Once for the hub's own compilers and the database's pages.
  await readAll(site, token, ids);
  const hot = await readAll(site, token, ids);
  say(`${store}: archiving them`);
  await site.archive(pipeline, ids);
  await site.startAnew();
  // Its compilers are warm then, and the blocks of no other log.
  const [warmUp, ...rest] = ids;
  if (warmUp) for (let i = 0; i < 20; i += 1) await readAll(site, token, [warmUp]);
  return { store, hot, cold: await readAll(site, token, rest), warm: await readAll(site, token, rest) };
}

async function readAll(site: ArchivedSite, token: string, ids: Id<'event'>[]): Promise<Reads> {
  const times: Record<keyof Reads, number[]> = { first: [], middle: [], whole: [] };
  const screen = (id: string, query: string) => () =>
    millisecondsOf(async () => {
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${site.url()}/api/v1/events/${id}/log-lines?${query}`, { headers });
      if (!answer.ok) throw new Error(`${id}: ${answer.status} ${await answer.text()}`);
      await answer.arrayBuffer();
    });
  for (const id of ids) {
    times.first.push(await screen(id, 'from=1&limit=200')());
    times.middle.push(await screen(id, `around=${lines / 2}&limit=200`)());
    times.whole.push(await millisecondsOf(() => readWhole({ url: site.url(), token }, id)));
  }
  return { first: spreadOf(times.first), middle: spreadOf(times.middle), whole: spreadOf(times.whole) };
}

/** As Markdown. */
export function archiveReport(figures: ArchiveFigures[]): string[] {
  const cell = ({ p50, p99 }: Spread): string => `${p50.toFixed(1)}, ${p99.toFixed(1)}`;
  const row = (name: string, { first, middle, whole }: Reads): string =>
    `| ${[name, ...[first, middle, whole].map(cell)].join(' | ')} |`;
  return [
    `${logs} logs of ${lines.toLocaleString('en')} lines; p50, p99 ms`,
    '',
    '| read from | first 200 lines | 200 in the middle | all |',
    '|---|---|---|---|',
    ...figures.flatMap(({ store, hot, cold, warm }) => [
      row(`database (before ${store})`, hot),
      row(`${store}, no block read yet`, cold),
      row(`${store}, blocks kept`, warm),
    ]),
  ];
}
