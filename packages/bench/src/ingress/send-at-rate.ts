import { setTimeout as pause } from 'node:timers/promises';
import { microseconds } from '../measure/instant.ts';
import { openWebhookConnection, type WebhookConnection } from '../pipeline/webhook-connection.ts';

export interface RateResult {
  /** From when a request was due until its answer was read, in milliseconds and in the order in which they were due. */
  latencies: number[];
  /** Answers by status; 0 stands for a connection that failed. */
  statuses: Record<string, number>;
}

export interface Rate {
  perSecond: number;
  requests: number;
  body: string;
  headers: Record<string, string>;
}

/**
 * Sends at a fixed rate, whether or not the answers keep up: each request has its time, and what it waits for a late one counts
 * as its own latency. Connections are kept and made as they are needed.
 */
export async function sendAtRate(url: URL, { perSecond, requests, body, headers }: Rate): Promise<RateResult> {
  const idle: WebhookConnection[] = [];
  const latencies = new Array<number>(requests).fill(Number.NaN);
  const statuses: Record<string, number> = {};
  const pending: Promise<void>[] = [];
  const count = (status: number): void => {
    statuses[status] = (statuses[status] ?? 0) + 1;
  };

  async function sendOne(at: number, dueAt: number): Promise<void> {
    try {
      const connection = idle.pop() ?? (await openWebhookConnection(url, headers));
      const { status } = await connection.post(body);
      count(status);
      idle.push(connection);
    } catch {
      count(0);
    }
    latencies[at] = (microseconds() - dueAt) / 1_000;
  }

  const begin = microseconds();
  for (let at = 0; at < requests; at++) {
    const dueAt = begin + (at * 1_000_000) / perSecond;
    const early = (dueAt - microseconds()) / 1_000;
    if (early > 0) await pause(early);
    pending.push(sendOne(at, dueAt));
  }
  await Promise.all(pending);
  for (const connection of idle) connection.close();
  return { latencies, statuses };
}
