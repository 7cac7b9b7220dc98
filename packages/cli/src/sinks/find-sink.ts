import type { Nexomatic } from '@nexomatic/client/nexomatic';
import { told } from '@nexomatic/client/refusal';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { isId } from '@nexomatic/contracts/id';
import type { SinkSummary } from '@nexomatic/contracts/sink-api';

/** The sink of that name or id, or the refusal of what is none. */
export async function findSink(hub: Nexomatic, nameOrId: string): Promise<SinkSummary> {
  if (isId('sink', nameOrId)) return told(hub.api.sinks.get.query({ id: nameOrId }));
  const found = (await everySink(hub, { search: nameOrId.slice(0, 100) })).find(({ name }) => name === nameOrId);
  if (found) return found;
  throw new NexomaticError('not_found', `there is no sink ${nameOrId}; see \`nexomatic sink list\``);
}

/** Sinks by name, page by page. */
export async function everySink(
  { api }: Nexomatic,
  narrowed: { search?: string; type?: string } = {},
): Promise<SinkSummary[]> {
  const sinks: SinkSummary[] = [];
  let cursor: string | null = null;
  do {
    const input = { ...narrowed, ...(cursor ? { cursor } : {}), limit: 200 };
    const page: { sinks: SinkSummary[]; nextCursor: string | null } = await told(api.sinks.list.query(input));
    sinks.push(...page.sinks);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return sinks;
}
