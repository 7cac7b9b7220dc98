import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { ModuleInventory } from '@nexomatic/contracts/module-inventory';
import type { ListSinks, SinkDetail, SinkSummary } from '@nexomatic/contracts/sink-api';
import type { SinkLabels } from '@nexomatic/contracts/sink-labels';
import type { Database } from '@nexomatic/db/database';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import { countRunning, countWaiting, runningOn } from '@nexomatic/db/ledger/sinks';
import type { EntityManager } from '@nexomatic/db/query';
import type { Sql } from '@nexomatic/db/sql';
import type { Redis } from '@nexomatic/queue/connection';
import { cutPage, namedPage } from '../definitions/page-by-name.ts';
import { shownSealKey } from '../secrets/end-to-end/granted-sinks.ts';
import { presenceShown, readPresences } from './presence.ts';

interface Deps {
  db: Database;
  sql: Sql;
  redis: Redis;
}

/** Waiting events are counted so far: more would make a list wait for its own figures. */
const mostWaiting = 1_001;
/** Running events that are named. */
const mostNamed = 50;

/** A page of a tenant's sinks, by name. */
export async function listSinks(deps: Deps, tenantId: Id<'tenant'>, { type, status, ...input }: ListSinks) {
  const em = deps.db.tenantEm(tenantId);
  const { where, options } = namedPage(input);
  const ofType = type === undefined ? null : await em.findOne(SinkType, { name: type });
  if (type !== undefined && !ofType) return { sinks: [], nextCursor: null };
  const rows = await em.find(
    Sink,
    { ...where, ...(ofType ? { sinkTypeId: ofType.id } : {}), ...(status ? { status } : {}) },
    options,
  );
  const { page, nextCursor } = cutPage(rows, input);
  return { sinks: await showSinks(deps, em, tenantId, page), nextCursor };
}

/** One sink, with what it runs now. */
export async function getSink(deps: Deps, tenantId: Id<'tenant'>, id: Id<'sink'>): Promise<SinkDetail> {
  const em = deps.db.tenantEm(tenantId);
  const row = await findSink(em, id);
  const sink = await showSink(deps, em, row);
  const running = await runningOn(deps.sql, tenantId, id, mostNamed);
  return {
    ...sink,
    runningEvents: running.map((event) => ({ ...event, startedAt: event.startedAt.toISOString() })),
    inventory: row.inventory == null ? null : (JSON.parse(row.inventory) as ModuleInventory),
  };
}

/** The sink, or the refusal for one that this tenant does not have. */
export async function findSink(em: EntityManager, id: Id<'sink'>): Promise<Sink> {
  const sink = await em.findOne(Sink, { id });
  if (!sink) throw noSink(id);
  return sink;
}

export const noSink = (id: Id<'sink'>): NexomaticError =>
  new NexomaticError('not_found', `There is no sink ${id} here.`);

export async function showSink(deps: Deps, em: EntityManager, row: Sink): Promise<SinkSummary> {
  const [shown] = await showSinks(deps, em, row.tenantId, [row]);
  if (!shown) throw new Error('one sink was to be shown');
  return shown;
}

async function showSinks(
  { sql, redis }: Deps,
  em: EntityManager,
  tenantId: Id<'tenant'>,
  rows: Sink[],
): Promise<SinkSummary[]> {
  if (rows.length === 0) return [];
  const typeIds = [...new Set(rows.map(({ sinkTypeId }) => sinkTypeId))];
  const types = new Map((await em.find(SinkType, { id: { $in: typeIds } })).map((type) => [type.id, type]));
  const running = await countRunning(sql, tenantId);
  // Without Redis the rest is still to be seen.
  const presences = await readPresences(
    redis,
    rows.map(({ id }) => id),
  ).catch((): Awaited<ReturnType<typeof readPresences>> => new Map());
  const waiting = await countWaiting(sql, tenantId, typeIds, mostWaiting);
  return rows.map((row) => {
    const type = types.get(row.sinkTypeId);
    if (!type) throw new Error(`sink ${row.id} is of no type`);
    const presence = presences.get(row.id);
    const seenAt = presence ? new Date(presence.at) : row.lastSeenAt;
    return {
      id: row.id,
      ...sinkBodyOf(row),
      type: { id: type.id, name: type.name, runtime: type.runtime },
      status: row.status,
      pausedAt: row.pausedAt?.toISOString() ?? null,
      lastSeenAt: seenAt?.toISOString() ?? null,
      presence: presenceShown(presence),
      slots: row.slots,
      running: running.get(row.id) ?? 0,
      waiting: waiting.get(row.sinkTypeId) ?? 0,
      version: row.version ?? null,
      hostname: row.hostname ?? null,
      platform: row.platform ?? null,
      runtimeVersion: row.runtimeVersion ?? null,
      transport: row.transport ?? null,
      labels: labelsOf(row),
      credential: credentialOf(row),
      sealKey: row.signKey && row.boxKey ? shownSealKey(row.boxKey) : null,
      createdAt: row.createdAt.toISOString(),
    };
  });
}

/** The labels of a sink or of a join token. */
export const labelsOf = ({ labels }: { labels?: string | null }): SinkLabels =>
  labels == null ? {} : (JSON.parse(labels) as SinkLabels);

function credentialOf({ signKey, tokenHash }: Sink): SinkSummary['credential'] {
  if (signKey) return 'keys';
  return tokenHash ? 'token' : 'revoked';
}

/** The part of a sink that people change. */
export const sinkBodyOf = ({ name, description }: Sink) => ({ name, description });
