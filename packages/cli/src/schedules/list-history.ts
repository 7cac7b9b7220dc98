import type { Occurrence } from '@nexomatic/contracts/schedule-occurrence';
import { callHub } from '../hub/call-hub.ts';
import type { HubOptions } from '../hub/hub-options.ts';
import { printJson } from '../hub/print-json.ts';
import { printTable } from '../hub/print-table.ts';

interface HistoryOptions extends HubOptions {
  json?: boolean;
  number: number;
  status?: Occurrence['status'];
}

/** `nexomatic schedule history`: what became of its runs, the latest first. Gives the exit code. */
export const listHistory = (name: string, { number, status, ...options }: HistoryOptions): Promise<number> =>
  callHub(options, async (hub) => {
    const occurrences: Occurrence[] = [];
    for await (const one of hub.schedules.history(name, status ? { status } : {})) {
      if (occurrences.length >= number) break;
      occurrences.push(one);
    }
    if (options.json) return printJson({ occurrences });
    printTable(
      ['DUE', 'RUNS', 'STATUS', 'WHY', 'BY', 'DECIDED AFTER', 'EVENT', 'STATE'],
      occurrences.map((one) => [
        ...[one.dueAt, String(one.count), one.status, one.reason?.replaceAll('_', ' ') ?? '-'],
        ...[one.decidedBy ?? one.origin.replaceAll('_', ' '), lateness(one)],
        ...[one.event?.id ?? '-', one.event?.state ?? '-'],
      ]),
    );
  });

const lateness = ({ dueAt, decidedAt }: Occurrence): string =>
  `${((Date.parse(decidedAt) - Date.parse(dueAt)) / 1000).toFixed(1)} s`;
