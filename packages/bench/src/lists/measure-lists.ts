import { setTimeout as pause } from 'node:timers/promises';
import type { ListedEvents } from '@nexomatic/contracts/event-api';
import { microseconds } from '../measure/instant.ts';
import { shareOf } from '../measure/spread.ts';
import type { ListQuery } from './list-queries.ts';

export interface ListFigures {
  name: string;
  q: string;
  /** Events on the page, and whether the search paused before it was full. */
  rows: number;
  paused: boolean;
  /** Milliseconds from sending the request to the end of its answer. */
  p50: number;
  p95: number;
  max: number;
}

/** Asks the hub for a page of each query, `rounds` times, one request at a time. */
export async function measureLists(
  hub: { url: string; token: string },
  queries: ListQuery[],
  { rounds, nowMs }: { rounds: number; nowMs: number },
  say: (text: string) => void,
): Promise<ListFigures[]> {
  const figures: ListFigures[] = [];
  for (const query of queries) {
    const q = query.q.replace('TEN', daysAgo(nowMs, 10)).replace('NINE', daysAgo(nowMs, 9));
    let cursor: string | undefined;
    for (let page = 0; page < (query.skip ?? 0); page += 1)
      cursor = (await ask(hub, q, cursor)).nextCursor ?? undefined;
    const { events, searchedTo } = await ask(hub, q, cursor);
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const from = microseconds();
      await ask(hub, q, cursor);
      times.push((microseconds() - from) / 1_000);
      // Room for what the servers do by themselves.
      await pause(5);
    }
    figures.push({
      name: query.name,
      q: query.q,
      rows: events.length,
      paused: searchedTo !== null,
      p50: shareOf(times, 0.5),
      p95: shareOf(times, 0.95),
      max: Math.max(...times),
    });
    say(`${query.name}: p50 ${shareOf(times, 0.5).toFixed(1)} ms`);
  }
  return figures;
}

const daysAgo = (nowMs: number, days: number): string => new Date(nowMs - days * 86_400_000).toISOString();

async function ask({ url, token }: { url: string; token: string }, q: string, cursor?: string): Promise<ListedEvents> {
  const parameters = new URLSearchParams({ q, limit: '50', ...(cursor === undefined ? {} : { cursor }) });
  const response = await fetch(`${url}/api/v1/events?${parameters}`, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`${q}: ${response.status} ${await response.text()}`);
  return (await response.json()) as ListedEvents;
}
