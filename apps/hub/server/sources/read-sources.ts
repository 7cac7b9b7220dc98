import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { SavedSource, SourceDetail, SourceSummary } from '@nexomatic/contracts/source-api';
import type { SourceSettings } from '@nexomatic/contracts/source-settings';
import type { Database } from '@nexomatic/db/database';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Source } from '@nexomatic/db/entities/source';
import { countRequests } from '@nexomatic/db/ledger/source-stats';
import { countLiveSecrets, countRecentEvents } from '@nexomatic/db/ledger/sources';
import type { EntityManager } from '@nexomatic/db/query';
import type { Sql } from '@nexomatic/db/sql';
import { cutPage, type NamedPageInput, namedPage } from '../definitions/page-by-name.ts';
import type { HubEnv } from '../env.ts';
import { apiSourceName } from '../events/api-source.ts';
import { schedulerLag } from './scheduler-lag.ts';
import { readSettings } from './source-definition.ts';
import { sourceWarnings } from './warn-of-source.ts';

/** What showing sources needs: where their addresses are, and what was counted of them. */
export interface ShowDeps {
  env: Pick<HubEnv, 'edgeUrl'>;
  sql: Sql;
}

/** A page of a tenant's sources, by name. */
export async function listSources(deps: ShowDeps & { db: Database }, tenantId: Id<'tenant'>, input: NamedPageInput) {
  const em = deps.db.tenantEm(tenantId);
  const { where, options } = namedPage(input);
  const { page, nextCursor } = cutPage(await em.find(Source, where, options), input);
  return { sources: await showSources(deps, em, page), nextCursor };
}

/** One source, with how busy it was in the last day and what hinders it. */
export async function getSource(
  deps: ShowDeps & { db: Database },
  tenantId: Id<'tenant'>,
  id: Id<'source'>,
): Promise<SourceDetail> {
  const em = deps.db.tenantEm(tenantId);
  const row = await findSource(em, id);
  return {
    ...(await showSaved(deps, em, row)),
    eventsLastDay: await countRecentEvents(deps.sql, tenantId, id, { hours: 24, atMost: 1_001 }),
    schedulerLag: row.kind === 'SCHEDULER' ? await schedulerLag(em) : null,
  };
}

/** The source, or the refusal for one that this tenant does not have. */
export async function findSource(em: EntityManager, id: Id<'source'>): Promise<Source> {
  const source = await em.findOne(Source, { id });
  if (!source) throw new NexomaticError('not_found', `There is no source ${id} here.`);
  return source;
}

export async function showSource(deps: ShowDeps, em: EntityManager, row: Source): Promise<SourceSummary> {
  const [shown] = await showSources(deps, em, [row]);
  if (!shown) throw new Error('one source was to be shown');
  return shown;
}

/** A source with all that a save sets, and what hinders it. */
export async function showSaved(deps: ShowDeps, em: EntityManager, row: Source): Promise<SavedSource> {
  const source = await showSource(deps, em, row);
  const settings = settingsOf(row);
  return {
    ...source,
    settings,
    warnings: await sourceWarnings(em, row, { settings, liveSecrets: source.liveSecrets }),
  };
}

/** The settings of a webhook; null for other kinds. */
export const settingsOf = ({ kind, settings }: Source): SourceSettings | null =>
  kind === 'WEBHOOK' ? readSettings(settings) : null;

async function showSources({ env, sql }: ShowDeps, em: EntityManager, rows: Source[]): Promise<SourceSummary[]> {
  const ids = rows.map(({ id }) => id);
  const [first] = rows;
  const counts = first ? await countRequests(sql, first.tenantId, ids) : null;
  const secrets = first ? await countLiveSecrets(sql, first.tenantId, ids) : null;
  const targets = rows.flatMap(({ eventTypeId }) => eventTypeId ?? []);
  const eventTypes = await em.find(EventType, { id: { $in: targets } }, { fields: ['id', 'name'] });
  return rows.map((row) => {
    const eventType = eventTypes.find(({ id }) => id === row.eventTypeId);
    return {
      id: row.id,
      ...summaryBodyOf(row),
      scheme: settingsOf(row)?.verification.scheme ?? null,
      liveSecrets: secrets?.get(row.id) ?? 0,
      requestsLastDay: counts?.get(row.id) ?? { accepted: 0, duplicate: 0, filtered: 0, refused: 0 },
      eventType: eventType ? { id: eventType.id, name: eventType.name } : null,
      builtIn: isBuiltIn(row),
      addressHint: row.kind === 'WEBHOOK' ? sourceAddress(env, `…${row.keyHint ?? ''}`) : null,
      version: row.version,
      createdAt: row.createdAt.toISOString(),
      lastReceivedAt: row.lastReceivedAt?.toISOString() ?? null,
    };
  });
}

function summaryBodyOf({ name, kind, description, eventTypeId, enabled, sniffJson }: Source) {
  return { name, kind, description, eventTypeId: eventTypeId ?? null, enabled, sniffJson };
}

/** The part of a source that a save changes and the audit log shows. */
export function sourceBodyOf(row: Source) {
  const settings = settingsOf(row);
  return { ...summaryBodyOf(row), ...(settings ? { settings } : {}) };
}

/** Where a webhook with this key is reached. */
export const sourceAddress = ({ edgeUrl }: Pick<HubEnv, 'edgeUrl'>, key: string): string => `${edgeUrl}/h/${key}`;

/** Those that come by themselves, and that everything relies on that fires so: of API calls and people, and of schedules. */
export const isBuiltIn = ({ kind, name }: Pick<Source, 'kind' | 'name'>): boolean =>
  kind === 'SCHEDULER' || (kind === 'CUSTOM' && name === apiSourceName);

/** Refuses a change of a built-in source. */
export function expectOwn(row: Source): void {
  if (!isBuiltIn(row)) return;
  const what = row.kind === 'SCHEDULER' ? 'schedules; it can be switched off, and else' : 'API calls and people; it';
  throw new NexomaticError('unprocessable', `The source ${row.name} stands for ${what} can not be changed.`);
}
