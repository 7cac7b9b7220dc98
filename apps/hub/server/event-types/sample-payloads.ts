import type { PayloadSample } from '@nexomatic/contracts/event-type-api';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { recentPayloads } from '@nexomatic/db/ledger/events-of-type';
import { readPath } from '../attempts/resolve-parameters.ts';
import { findEventType } from './read-event-types.ts';

/** How far back is looked, and how large a payload may be to be looked at. */
const maxPayloads = 50;
const maxBytes = 64 * 1024;
/** What is listed of the insides of payloads. */
const maxPaths = 200;
const maxDepth = 5;
const maxExample = 80;

interface ParsedPayload {
  eventId: Id<'event'>;
  text: string;
  root: unknown;
}

/** The latest payloads of an event type that are JSON and not too large, newest first. */
export async function parsedPayloads(
  sql: Database['sql'],
  tenantId: Id<'tenant'>,
  id: Id<'eventType'>,
): Promise<ParsedPayload[]> {
  const rows = await recentPayloads(sql, tenantId, id, { limit: maxPayloads, maxBytes });
  return rows.flatMap(({ eventId, body }) => {
    const text = Buffer.from(body).toString('utf8');
    try {
      return [{ eventId, text, root: JSON.parse(text) as unknown }];
    } catch {
      // A raw body is a good payload; it just has no keys.
      return [];
    }
  });
}

/** Whether a DATA parameter of that value would find something. */
export const hasPath = (root: unknown, path: string): boolean => readPath(root, path) !== null;

/** What has lately been in an event type's payloads: for the Test tab, and to choose keys from. */
export async function samplePayloads(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  id: Id<'eventType'>,
): Promise<PayloadSample> {
  await findEventType(db.tenantEm(tenantId), id);
  const payloads = await parsedPayloads(db.sql, tenantId, id);
  const [latest] = payloads;
  const found = new Map<string, { types: Set<string>; seen: number; example: string }>();
  for (const { root } of payloads) collect(root, [], found);
  return {
    looked: payloads.length,
    latest: latest ? { eventId: latest.eventId, text: latest.text } : null,
    paths: [...found].map(([path, { types, seen, example }]) => ({ path, types: [...types], seen, example })),
  };
}

type Found = Map<string, { types: Set<string>; seen: number; example: string }>;

/** Notes every key on the way down. Lists are not gone into: their places mean nothing from one payload to the next. */
function collect(value: unknown, way: string[], found: Found): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || way.length >= maxDepth) return;
  for (const [key, inner] of Object.entries(value)) {
    const path = dataPath([...way, key]);
    const entry = found.get(path) ?? { types: new Set(), seen: 0, example: exampleOf(inner) };
    if (!found.has(path) && found.size >= maxPaths) return;
    found.set(path, { ...entry, types: entry.types.add(typeOf(inner)), seen: entry.seen + 1 });
    collect(inner, [...way, key], found);
  }
}

/** As a DATA parameter names it: a plain key at the top, a JSON Pointer for what lies deeper. */
function dataPath(way: string[]): string {
  const [only = ''] = way;
  if (way.length === 1 && only !== '' && !only.startsWith('/')) return only;
  return way.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const exampleOf = (value: unknown): string => (JSON.stringify(value) ?? '').slice(0, maxExample);
