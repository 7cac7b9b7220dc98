import type { EventReason, EventState } from '@nexomatic/contracts/event-state';
import { type Id, idToBytes } from '@nexomatic/contracts/id';
import { pathHash } from '@nexomatic/db/ledger/search-values';
import type { SqlValue } from '@nexomatic/db/sql';
import type { ListTenant } from './list-tenant.ts';

/** Rows as a busy installation has them: a few types make most events, most succeed, one type stopped long ago. */

/** Repeatable random numbers in [0, 1) (mulberry32), so that two seeds are the same database. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface MadeEvents {
  events: SqlValue[][];
  searchValues: SqlValue[][];
}

interface Step {
  root: Buffer;
  depth: number;
  id: Buffer;
}

/** UUIDv7 of that millisecond; the counter keeps ids of one millisecond in order. */
function eventId(ms: number, counter: number, random: () => number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes.writeUInt16BE(0x7000 | (counter & 0xfff), 6);
  bytes.writeUInt32BE(random() * 2 ** 32, 8);
  bytes.writeUInt32BE(random() * 2 ** 32, 12);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  return bytes;
}

const failures: EventReason[] = ['exit_code', 'exit_code', 'exception', 'exception', 'exception', 'timeout'];

/**
 * Events number `from` to `to` of `total`, evenly over `spanMs` up to `endMs`. 15 % follow on the one before; the first
 * fifth is mostly of a type that fires no more; the last few wait and run.
 */
export function makeEvents(
  tenant: ListTenant,
  range: { from: number; to: number; total: number; endMs: number; spanMs: number },
): MadeEvents {
  const random = randomOf(range.from + 1);
  const made: MadeEvents = { events: [], searchValues: [] };
  let last: Step | null = null;
  for (let n = range.from; n < range.to; n += 1) {
    const age = n / range.total;
    const ms = Math.floor(range.endMs - range.spanMs * (1 - age));
    const id = eventId(ms, n, random);
    const follows: boolean = last !== null && last.depth < 3 && random() < 0.15;
    const step: Step = follows && last ? { root: last.root, depth: last.depth + 1, id } : { root: id, depth: 0, id };
    const type = typeAt(tenant, age, random());
    made.events.push(
      row(tenant, { id, ms, type, step, parent: follows ? last : null, fromEnd: range.total - n }, random),
    );
    if (type.id === tenant.orders) made.searchValues.push(...valuesOf(tenant.id, id, n, random));
    last = step;
  }
  return made;
}

function typeAt({ types, stopped }: ListTenant, age: number, at: number): ListTenant['types'][number] {
  if (age < 0.2 && at < 0.6) return stopped;
  const type = types.find(({ upTo }) => at < upTo) ?? types[0];
  if (!type) throw new Error('no types');
  return type;
}

interface Made {
  id: Buffer;
  ms: number;
  type: ListTenant['types'][number];
  step: Step;
  parent: Step | null;
  fromEnd: number;
}

function row(tenant: ListTenant, { id, ms, type, step, parent, fromEnd }: Made, random: () => number): SqlValue[] {
  const [state, reason] = stateAt(fromEnd, random());
  const at = new Date(ms);
  const ended = state === 'QUEUED' || state === 'RUNNING' ? null : new Date(ms + 50 + random() * 30_000);
  const started = state === 'QUEUED' ? null : new Date(ms + random() * 50);
  const due = ended ? null : new Date(ms + 86_400_000);
  const sink = state === 'QUEUED' ? null : (tenant.sinks[Math.floor(random() ** 4 * tenant.sinks.length)] ?? null);
  const source = parent ? null : sourceAt(tenant, random());
  const message = state === 'ERROR' ? 'ConnectionRefusedError: 10.0.0.7:5432' : null;
  return [
    idToBytes(tenant.id),
    id,
    idToBytes(type.id),
    idToBytes(tenant.action),
    idToBytes(tenant.sinkType),
    source && idToBytes(source),
    state,
    reason,
    message,
    state === 'QUEUED' ? 0 : 1,
    parent?.id ?? null,
    parent ? 'success' : null,
    step.root,
    step.depth,
    sink && idToBytes(sink),
    at,
    at,
    started,
    ended,
    state === 'RUNNING' ? due : null,
    state === 'RUNNING' ? due : null,
    new Date(ms + 7 * 86_400_000),
    due,
  ];
}

/** The last of the sources sends one event in ten thousand. */
function sourceAt({ sources }: ListTenant, at: number): Id<'source'> | null {
  const frequent = sources.length - 1;
  return sources[at > 0.9999 ? frequent : Math.floor(at ** 3 * frequent)] ?? null;
}

function stateAt(fromEnd: number, at: number): [EventState, EventReason | null] {
  if (fromEnd <= 400) return ['QUEUED', null];
  if (fromEnd <= 440) return ['RUNNING', null];
  if (at < 0.025) return ['ERROR', failures[Math.floor(at * 240) % failures.length] ?? 'exception'];
  return [at < 0.035 ? 'WARNING' : 'SUCCESS', null];
}

/** An order: its own number, and one of a thousand customers. */
function valuesOf(tenantId: Id<'tenant'>, eventId: Buffer, n: number, random: () => number): SqlValue[][] {
  const tenant = idToBytes(tenantId);
  const customer = Math.floor(random() * 1_000);
  return [
    [tenant, orderId, eventId, String(n), n],
    [tenant, customerId, eventId, `customer-${customer}`, null],
  ];
}

const orderId = pathHash('order.id');
const customerId = pathHash('order.customer');
