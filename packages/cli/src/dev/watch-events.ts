import { systemClock } from '@nexomatic/clock';
import type { EventSummary } from '@nexomatic/contracts/event-api';
import { stateSigns } from '../events/event-text.ts';
import type { Steps } from '../steps.mjs';
import type { RunFile } from './run-file.ts';

/** Events that one change may show; what is older was shown before. */
const pageSize = 50;

/**
 * A line for each change of an event's state: the hub says when something changed (the same stream that the dashboard
 * listens to), and the newest events are read then. It is a convenience, so it ends in silence when the hub does.
 */
export async function watchEvents(run: RunFile, steps: Steps, signal: AbortSignal): Promise<void> {
  const seen = new Map<string, string>();
  const startedAt = new Date(systemClock.now()).toISOString();
  try {
    for await (const _ of changes(run, signal)) {
      const query = new URLSearchParams({ limit: String(pageSize), since: startedAt });
      const response = await ask(run, `/api/v1/events?${query}`, signal);
      const { events } = (await response.json()) as { events: EventSummary[] };
      for (const event of events.reverse()) {
        if (seen.get(event.id) !== event.state) steps.line(lineOf(event));
        seen.set(event.id, event.state);
      }
    }
  } catch (error) {
    if (!signal.aborted)
      steps.line(`  – Changes of events are no longer shown here: ${error instanceof Error ? error.message : error}`);
  }
}

/** Yields at each message of the hub's stream of changes (server-sent events, an empty line after each). */
async function* changes(run: RunFile, signal: AbortSignal): AsyncGenerator<void> {
  const response = await ask(run, '/trpc/events.changes', signal, { accept: 'text/event-stream' });
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    const messages = (rest + decoder.decode(part.value, { stream: true })).split('\n\n');
    rest = messages.pop() ?? '';
    if (messages.some((message) => message.includes('"eventIds"'))) yield;
  }
}

async function ask(run: RunFile, path: string, signal: AbortSignal, headers = {}): Promise<Response> {
  const response = await fetch(run.hubUrl + path, {
    signal,
    headers: { authorization: `Bearer ${run.apiToken}`, ...headers },
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response;
}

function lineOf(event: EventSummary): string {
  const at = event.finishedAt ?? event.startedAt ?? event.createdAt;
  const time = new Date(at).toTimeString().slice(0, 8);
  const where =
    event.state === 'QUEUED' ? (event.source ?? (event.edge ? `on ${event.edge}` : '')) : (event.sink ?? '');
  const took = event.finishedAt && event.startedAt ? ` ${secondsBetween(event.startedAt, event.finishedAt)}s` : '';
  const reason = event.reason ? ` · ${event.reason}` : '';
  const id = `${event.id.slice(0, 8)}…${event.id.slice(-4)}`;
  return `${time} ${stateSigns[event.state]} ${id}  ${event.type.padEnd(16)} ${where.padEnd(16)} ${event.state}${reason}${took}`;
}

function secondsBetween(from: string, to: string): string {
  return ((Date.parse(to) - Date.parse(from)) / 1000).toFixed(2);
}
