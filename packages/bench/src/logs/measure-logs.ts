import { setTimeout as pause } from 'node:timers/promises';
import type { FoundRecords, LogHistogram } from '@nexomatic/contracts/log-search-api';
import { millisecondsOf } from '../measure/instant.ts';
import { shareOf } from '../measure/spread.ts';
import type { LogQueryCase } from './log-queries.ts';

export interface LogFigures {
  name: string;
  q: string;
  /** What the answer holds. */
  found: string;
  /** Milliseconds from sending the request to the end of its answer. */
  p50: number;
  p95: number;
  max: number;
}

interface Asked {
  hub: { url: string; token: string };
  rounds: number;
}

/** Asks the hub for a page of each query, one request at a time. */
export async function measureSearches(asked: Asked, queries: LogQueryCase[]): Promise<LogFigures[]> {
  const figures: LogFigures[] = [];
  for (const { name, q } of queries) {
    const answer = await ask<FoundRecords>(asked.hub, '', { q, limit: '50' });
    const to = answer.searchedTo === null ? '' : `, paused at ${answer.searchedTo.slice(0, 10)}`;
    const times = await timesOf(asked.rounds, () => ask(asked.hub, '', { q, limit: '50' }));
    figures.push({ name, q, found: `${answer.records.length}${to}`, ...times });
  }
  return figures;
}

/** Asks the hub for histograms of the last day and the last two weeks. */
export async function measureHistograms(asked: Asked, queries: string[], nowMs: number): Promise<LogFigures[]> {
  const figures: LogFigures[] = [];
  for (const days of [1, 14]) {
    const range = { since: new Date(nowMs - days * 86_400_000).toISOString(), until: new Date(nowMs).toISOString() };
    for (const q of queries) {
      const answer = await ask<LogHistogram>(asked.hub, '/histogram', { q, ...range });
      const counted = answer.bars.flatMap(({ counts }) => Object.values(counts)).reduce((sum, n) => sum + n, 0);
      const left = answer.countedFrom ? `, paused at ${answer.countedFrom.slice(0, 10)}` : '';
      const times = await timesOf(asked.rounds, () => ask(asked.hub, '/histogram', { q, ...range }));
      figures.push({ name: `counts of ${days} d`, q, found: `${counted.toLocaleString('en')}${left}`, ...times });
    }
  }
  return figures;
}

async function timesOf(rounds: number, work: () => Promise<unknown>) {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    times.push(await millisecondsOf(work));
    // Room for what the servers do by themselves.
    await pause(5);
  }
  return { p50: shareOf(times, 0.5), p95: shareOf(times, 0.95), max: Math.max(...times) };
}

async function ask<T>(
  { url, token }: Asked['hub'],
  path: string,
  query: { q: string; [name: string]: string },
): Promise<T> {
  const response = await fetch(`${url}/api/v1/logs${path}?${new URLSearchParams(query)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) throw new Error(`${query.q}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}
