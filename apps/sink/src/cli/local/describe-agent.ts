import type { LocalStatus } from '../../control/local-protocol.ts';

/** What an agent is at, in a line. */
export function describeAgent(agent: LocalStatus): string {
  const facts = [
    `runs (pid ${agent.pid}, ${agent.version}) since ${durationText(agent.upMs)}`,
    `${agent.slotsBusy} of ${agent.slots} slots busy`,
    agent.connected ? 'hears its hub' : 'does not hear its hub',
    ...(agent.paused ? ['paused'] : []),
    ...leaving(agent),
    ...(agent.spool.bytes > 0 ? [`${Math.ceil(agent.spool.bytes / 1024)} kB wait for the hub`] : []),
    ...(agent.spool.full ? ['its disk buffer is full'] : []),
  ];
  return facts.join(', ');
}

function leaving({ stopping, leaving: how }: LocalStatus): string[] {
  if (stopping) return ['stopping'];
  if (how === null) return [];
  return [how === 'reset' ? 'begins anew after what runs' : `ends after what runs (${how})`];
}

/** What an agent runs, oldest first, as a table. */
export function eventTable({ events }: Pick<LocalStatus, 'events'>): string {
  if (events.length === 0) return 'nothing runs';
  const rows = events.map(({ eventId, attempt, eventType, module, runningMs, timeoutMs, ending }) => [
    ...[eventId, String(attempt), eventType, module],
    `${durationText(runningMs)} of ${durationText(timeoutMs)}`,
    ending ? 'is ended' : '',
  ]);
  return tableText([['EVENT', 'ATTEMPT', 'TYPE', 'MODULE', 'RUNS', ''], ...rows]);
}

/** Columns as wide as their widest cell. */
function tableText(rows: string[][]): string {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  const lineOf = (row: string[]): string => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ');
  return rows.map((row) => lineOf(row).trimEnd()).join('\n');
}

/** `3 h 20 min`, `4 min 10 s`, `12 s`. */
export function durationText(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60)];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
