import type { AuditEntryShown, AuditFilter, AuditSummary, ListAudit } from '@nexomatic/contracts/audit-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, lowestIdAt } from '@nexomatic/contracts/id';
import { AuditEntry } from '@nexomatic/db/entities/audit-entry';
import { InstanceAuditEntry } from '@nexomatic/db/entities/instance-audit-entry';
import type { EntityManager, FilterQuery } from '@nexomatic/db/query';

/** What both logs have in common; the tenant of a tenant's own is the entity manager's affair. */
type SummaryRow = Pick<
  InstanceAuditEntry,
  | 'id'
  | 'at'
  | 'actorKind'
  | 'actorId'
  | 'actorName'
  | 'action'
  | 'objectKind'
  | 'objectId'
  | 'objectName'
  | 'remoteAddress'
  | 'requestId'
>;
type Row = SummaryRow & Pick<InstanceAuditEntry, 'before' | 'after'>;
type Where = FilterQuery<InstanceAuditEntry>;

/** A log to read from, newest first: a tenant's, or the instance's. */
export interface AuditLog {
  /** Without the objects before and after, which may be large. */
  summaries(where: Where, limit: number): Promise<SummaryRow[]>;
  entries(where: Where, limit: number): Promise<Row[]>;
}

const orderBy = { id: 'desc' } as const;
const exclude = ['before', 'after'] as const;

export const tenantLog = (em: EntityManager): AuditLog => ({
  summaries: (where, limit) => em.find(AuditEntry, where as FilterQuery<AuditEntry>, { orderBy, limit, exclude }),
  entries: (where, limit) => em.find(AuditEntry, where as FilterQuery<AuditEntry>, { orderBy, limit }),
});

export const instanceLog = (em: EntityManager): AuditLog => ({
  summaries: (where, limit) => em.find(InstanceAuditEntry, where, { orderBy, limit, exclude }),
  entries: (where, limit) => em.find(InstanceAuditEntry, where, { orderBy, limit }),
});

/** A page of a log, newest first. */
export async function listAudit(log: AuditLog, { limit, cursor, ...filter }: ListAudit) {
  const rows = await log.summaries(conditions(filter, cursor), limit + 1);
  const page = rows.slice(0, limit);
  return { entries: page.map(showSummary), nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** One entry, with what the object was before and after. */
export async function getAuditEntry(log: AuditLog, id: Id<'audit'>): Promise<AuditEntryShown> {
  const [row] = await log.entries({ id }, 1);
  if (!row) throw new NexomaticError('not_found', `There is no entry ${id} in this log.`);
  return showEntry(row);
}

/** Entries of an export at most; whoever wants more goes on from the last one. */
export const maxExported = 100_000;
const exportBatch = 500;

/** A log whole, newest first, in batches; ends after `max` entries with where to go on. */
export async function* exportAudit(
  log: AuditLog,
  filter: AuditFilter,
  from?: Id<'audit'>,
  max = maxExported,
): AsyncGenerator<{ entries: AuditEntryShown[]; nextCursor: Id<'audit'> | null }, void, void> {
  let cursor = from;
  for (let left = max; left > 0; left -= exportBatch) {
    const size = Math.min(left, exportBatch);
    const rows = await log.entries(conditions(filter, cursor), size + 1);
    const entries = rows.slice(0, size).map(showEntry);
    cursor = entries.at(-1)?.id;
    const more = rows.length > size;
    yield { entries, nextCursor: more && left <= exportBatch ? (cursor ?? null) : null };
    if (!more) return;
  }
}

function conditions(filter: AuditFilter, cursor: Id<'audit'> | undefined): Where {
  const { actor, action, objectKind, objectId, since, until } = filter;
  const wanted: Where[] = [];
  if (cursor !== undefined) wanted.push({ id: { $lt: cursor } });
  if (actor !== undefined) wanted.push(actor === 'system' ? { actorKind: 'system' } : { actorId: actor });
  if (action !== undefined) wanted.push({ action });
  if (objectKind !== undefined) wanted.push({ objectKind });
  if (objectId !== undefined) wanted.push({ objectId });
  if (since !== undefined) wanted.push({ at: { $gte: new Date(since) }, id: { $gte: idAt(since, -clockSlackMs) } });
  if (until !== undefined) wanted.push({ at: { $lt: new Date(until) }, id: { $lt: idAt(until, clockSlackMs) } });
  return { $and: wanted };
}

/** An id begins with the time it was made at, which may be off from `at` by as much as two clocks differ. */
const clockSlackMs = 10 * 60_000;

/** It bounds what is read of the index. */
const idAt = (instant: string, slackMs: number): Id<'audit'> =>
  lowestIdAt('audit', new Date(instant).getTime() + slackMs);

function showSummary(row: SummaryRow): AuditSummary {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: { kind: row.actorKind, id: row.actorId ?? null, name: row.actorName },
    action: row.action,
    object: { kind: row.objectKind, id: row.objectId ?? null, name: row.objectName },
    remoteAddress: row.remoteAddress,
    requestId: row.requestId,
  };
}

const showEntry = (row: Row): AuditEntryShown => ({
  ...showSummary(row),
  before: fieldsOf(row.before),
  after: fieldsOf(row.after),
});

/** Written by `recordAudit` alone, from an object. */
const fieldsOf = (json: Uint8Array | null | undefined): Record<string, unknown> | null =>
  json ? (JSON.parse(Buffer.from(json).toString('utf8')) as Record<string, unknown>) : null;
