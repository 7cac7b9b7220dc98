import type { BufferStatus } from '@nexomatic/contracts/edge-protocol';
import type { Id } from '@nexomatic/contracts/id';
import type { InstanceEdge } from '@nexomatic/contracts/instance-api';
import type { BufferOverview } from '@nexomatic/contracts/request-api';
import type { Database } from '@nexomatic/db/database';
import { Source } from '@nexomatic/db/entities/source';
import { Tenant } from '@nexomatic/db/entities/tenant';
import type { EdgeBuffer } from './edge-buffer.ts';

export interface ReadBufferDeps {
  db: Database;
  edgeBuffer: EdgeBuffer;
}

type HeldSource = BufferStatus['sources'][number];

/** What waits at the edge of this tenant's sources, those whose oldest request is oldest first. */
export async function readBuffer({ db, edgeBuffer }: ReadBufferDeps, tenantId: Id<'tenant'>): Promise<BufferOverview> {
  const edge = await edgeBuffer.state();
  if (edge.state !== 'reachable') return { edge: edge.state, problem: problemOf(edge), sources: [] };
  const rows = await db.tenantEm(tenantId).find(Source, { keyHash: { $in: edge.sources.map(hashBytes) } });
  const byHash = new Map(rows.map((row) => [hexOf(row.keyHash), row]));
  const sources = edge.sources.flatMap((held) => {
    const row = byHash.get(held.sourceKeyHash);
    return row ? [{ source: { id: row.id, name: row.name }, ...figuresOf(held) }] : [];
  });
  return { edge: 'reachable', problem: null, sources };
}

/** The same of all tenants, for administrators of the hub and for metrics. What a source of before has left is there as well. */
export async function readInstanceBuffer({ db, edgeBuffer }: ReadBufferDeps): Promise<InstanceEdge> {
  const edge = await edgeBuffer.state();
  const held = edge.state === 'reachable' ? edge.sources : [];
  // Whoever administers the instance looks at all of its tenants.
  const em = db.systemEm();
  const rows = await em.find(Source, { keyHash: { $in: held.map(hashBytes) } });
  const tenants = await em.find(Tenant, { id: { $in: rows.map(({ tenantId }) => tenantId) } });
  const slugs = new Map(tenants.map(({ id, slug }) => [id, slug]));
  const byHash = new Map(rows.map((row) => [hexOf(row.keyHash), row]));
  return {
    state: edge.state,
    problem: problemOf(edge),
    sources: held.map((one) => {
      const row = byHash.get(one.sourceKeyHash);
      const source = row ? { id: row.id, name: row.name, tenant: slugs.get(row.tenantId) ?? '' } : null;
      return { source, ...figuresOf(one) };
    }),
  };
}

const problemOf = (edge: Awaited<ReturnType<EdgeBuffer['state']>>): string | null =>
  edge.state === 'unreachable' ? edge.problem : null;

const hashBytes = ({ sourceKeyHash }: HeldSource): Buffer => Buffer.from(sourceKeyHash, 'hex');
const hexOf = (hash: Uint8Array | null | undefined): string => Buffer.from(hash ?? []).toString('hex');

const figuresOf = ({ waiting, waitingBytes, oldestAt, deadLetters, lastFailure, nextTryAt }: HeldSource) => ({
  waiting,
  waitingBytes,
  oldestAt: instantOf(oldestAt),
  deadLetters,
  lastFailure,
  nextTryAt: instantOf(nextTryAt),
});

const instantOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
