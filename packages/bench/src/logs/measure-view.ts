import { gzipSync } from 'node:zlib';
import { systemClock } from '@nexomatic/clock';
import { type Id, idToBytes } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { insertLogChunks } from '@nexomatic/db/ledger/log-chunks';
import { beginSession } from '@nexomatic/hub/server/auth/begin-session';
import { openBrowser, openPage, type Page } from '@nexomatic/testkit/browser';
import { makePipeline, makeUser } from '@nexomatic/testkit/factories';
import { microseconds } from '../measure/instant.ts';
import { shareOf } from '../measure/spread.ts';
import type { PrivateSite } from '../open-private-site.ts';
import { startHub } from '../pipeline/start-hub.ts';
import type { Pipeline } from './fire-event.ts';
import { sinkByHand } from './sink-by-hand.ts';

const lines = 1_000_000;
const linesOfChunk = 1_000;
const chunksAtOnce = 50;

export interface ViewFigures {
  what: string;
  /** Milliseconds until the lines that were gone to are seen. */
  ms: number[];
}

/** Opens a log of a million lines in a browser and goes about in it. The pages must have been built. */
export async function measureView(
  { folder, servers, database }: PrivateSite,
  rounds: number,
  stack: AsyncDisposableStack,
  say: (text: string) => void,
): Promise<ViewFigures[]> {
  const hub = stack.use(await startHub(servers, { folder, nodeOptions: [] }));
  const pipeline = await makePipeline(database);
  say(`writing ${lines.toLocaleString('en')} lines`);
  const attempt = await sinkByHand(database.sql, hub.url, pipeline).attempt();
  await attempt.end();
  await writeLines(database, pipeline, attempt.id);

  say('opening a browser');
  const browser = await openBrowser();
  stack.defer(() => browser.close());
  const { page, goTo } = await openPage(browser);
  const user = await makeUser(database, pipeline.tenant.id);
  const visitor = { userAgent: null, remoteAddress: '127.0.0.1', requestId: 'bench', sessionId: null };
  const value = await beginSession(database.systemEm(), systemClock, user.id, 'link', visitor);
  await page.context().addCookies([{ name: 'nx', value, url: hub.url }]);
  const address = `${hub.url}/t/${pipeline.tenant.slug}/events/${attempt.id}`;
  await goTo(`${address}?tab=log`);

  const opened: number[] = [];
  const byTab: number[] = [];
  const inLog: Record<string, number[]> = {
    'jump to the end': [],
    'jump by the scroll bar': [],
    'find in all lines': [],
  };
  for (let round = 0; round < rounds; round += 1) {
    say(`round ${round + 1} of ${rounds}`);
    const from = microseconds();
    await page.goto(`${address}?tab=log`, { waitUntil: 'commit' });
    await seen(page, 1);
    opened.push((microseconds() - from) / 1_000);
    await goTo(address);
    byTab.push(await timed(page, { tab: true }, 1));
    inLog['jump to the end']?.push(await timed(page, { scrollTo: 1 }, lines));
    const part = (round + 1) / (rounds + 2);
    inLog['jump by the scroll bar']?.push(await timed(page, { scrollTo: part }, 0));
    await page.locator('.log').focus();
    await page.keyboard.press('Control+f');
    await page.locator('.log-find input').waitFor();
    const wanted = Math.floor(lines * (1 - part));
    inLog['find in all lines']?.push(await timed(page, { find: `line ${wanted} of` }, wanted));
    await page.keyboard.press('Escape');
  }
  const all = { 'load the page of a log': opened, 'open the tab of the log': byTab, ...inLog };
  return Object.entries(all).map(([what, ms]) => ({ what, ms }));
}

async function writeLines(database: Database, { tenant }: Pipeline, eventId: Id<'event'>): Promise<void> {
  const chunks = lines / linesOfChunk;
  const chunk = (seq: number) => {
    const first = (seq - 1) * linesOfChunk + 1;
    const texts = Array.from(
      { length: linesOfChunk },
      (_, i) => `line ${first + i} of the export took ${(i * 7) % 90} ms\n`,
    );
    return {
      ...{ tenantId: tenant.id, eventId, attempt: 1, seq, channel: 'stdout' as const, at: new Date(systemClock.now()) },
      ...{ body: gzipSync(texts.join(''), { level: 1 }), encoding: 'gzip' as const, lines: linesOfChunk, errors: 0 },
    };
  };
  for (let from = 1; from <= chunks; from += chunksAtOnce)
    await insertLogChunks(
      database.sql,
      Array.from({ length: chunksAtOnce }, (_, i) => chunk(from + i)),
    );
  await database.sql.run('UPDATE attempts SET last_log_seq = ? WHERE tenant_id = ? AND event_id = ?', [
    chunks,
    idToBytes(tenant.id),
    idToBytes(eventId),
  ]);
}

type Move = { tab: true } | { scrollTo: number } | { find: string };

/** Milliseconds from a move until the line, or whatever lines the move leads to when it is 0, are seen with their text. */
async function timed(page: Page, move: Move, line: number): Promise<number> {
  const before = line === 0 ? await page.locator('.log [data-row]').nth(30).textContent() : '';
  const from = microseconds();
  await page.evaluate(makeMove, move);
  await seen(page, line, before);
  return (microseconds() - from) / 1_000;
}

/** In the page. */
function makeMove(move: Move): void {
  const pane = document.querySelector('.log');
  const field = document.querySelector<HTMLInputElement>('.log-find input');
  if ('tab' in move) {
    document.querySelector<HTMLElement>('nav a[href*="tab=log"]')?.click();
  } else if ('scrollTo' in move && pane) {
    pane.scrollTop = pane.scrollHeight * move.scrollTo;
  } else if ('find' in move && field) {
    // As a key does: React hears of no value that is set otherwise.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, move.find);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

const seen = (page: Page, line: number, before: string | null = '') =>
  page.waitForFunction(
    ([wanted, others]) => {
      const pane = document.querySelector('.log');
      const around = pane?.getBoundingClientRect();
      if (!pane || !around) return false;
      const all = [...pane.querySelectorAll<HTMLElement>('[data-row]')];
      const rows = all.filter((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return bottom > around.top && top < around.bottom;
      });
      if (rows.length === 0 || rows.some((row) => 'missing' in row.dataset)) return false;
      if (wanted === 0) return all[30]?.textContent !== others;
      return rows.some((row) => row.textContent?.includes(`line ${wanted} of`));
    },
    [line, before] as const,
    { timeout: 20_000 },
  );

/** As Markdown. */
export function viewReport(figures: ViewFigures[]): string[] {
  return [
    `a log of ${lines.toLocaleString('en')} lines`,
    '',
    '| in the browser | p50 ms | most ms |',
    '|---|---|---|',
    ...figures.map(({ what, ms }) => `| ${what} | ${shareOf(ms, 0.5).toFixed(0)} | ${Math.max(...ms).toFixed(0)} |`),
  ];
}
