import type { EventSummary } from '@nexomatic/contracts/event-api';
import type { Id } from '@nexomatic/contracts/id';
import { csvLine } from './csv-line.ts';
import { type EventFilter, listEvents } from './list-events.ts';

export const exportFormats = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Events that one export holds at most. */
export const maxExportedEvents = 100_000;
const pageSize = 500;

const columns = [
  'id',
  'type',
  'state',
  'reason',
  'message',
  'attempt',
  'source',
  'sink',
  'parentId',
  'edge',
  'rootId',
  'depth',
  'rerunOf',
  'createdAt',
  'startedAt',
  'finishedAt',
] as const satisfies (keyof EventSummary)[];

/**
 * The events of a filter as text, page by page, newest first: CSV with a line of names, or one JSON document a line. Each
 * page is read when the one before has been taken, so an export that nobody takes reads nothing.
 */
export async function* exportEvents(
  deps: Parameters<typeof listEvents>[0],
  tenantId: Id<'tenant'>,
  filter: Omit<EventFilter, 'limit' | 'cursor' | 'include'>,
  format: ExportFormat,
): AsyncGenerator<string, void, void> {
  let head = format === 'csv' ? csvLine([...columns]) : '';
  let left = maxExportedEvents;
  let cursor: string | undefined;
  do {
    const page = await listEvents(deps, tenantId, { ...filter, limit: Math.min(pageSize, left), cursor });
    left -= page.events.length;
    cursor = page.nextCursor ?? undefined;
    const lines = page.events.map((event) =>
      format === 'csv' ? csvLine(columns.map((column) => event[column])) : `${JSON.stringify(event)}\n`,
    );
    yield head + lines.join('');
    head = '';
  } while (cursor !== undefined && left > 0);
}
