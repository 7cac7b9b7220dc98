import type { Id } from '@nexomatic/contracts/id';
import type { TriedRoutes, TryRoutes } from '@nexomatic/contracts/request-api';
import type { SourceSettings } from '@nexomatic/contracts/source-settings';
import type { Database } from '@nexomatic/db/database';
import { EventType } from '@nexomatic/db/entities/event-type';
import { readRequestBody } from '@nexomatic/db/ledger/requests';
import type { EntityManager } from '@nexomatic/db/query';
import { type IncomingRequest, incomingRequest } from '../ingress/incoming-request.ts';
import { findValue, holds, routeRequest } from '../ingress/route-request.ts';
import { eventOf, findReceipt } from '../requests/get-request.ts';
import { storedHeaders } from '../requests/mask-headers.ts';
import { findSource, settingsOf } from './read-sources.ts';

/** So much of what stood at a place is shown. */
const maxShown = 200;

/** What routes, saved or not, make of a request that is kept or given: each condition by itself, and what it would fire. */
export async function tryRoutes(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  input: TryRoutes,
): Promise<TriedRoutes> {
  const em = db.tenantEm(tenantId);
  const source = await findSource(em, input.id);
  const settings = input.settings ?? settingsOf(source);
  const routes = settings?.routing.routes ?? [];
  const request = await requestOf(db, em, tenantId, input);
  const tried = routes.map((route) => {
    const conditions = route.when.map((condition) => {
      const found = findValue(condition, request);
      return { holds: holds(condition, found), found: found?.shown.slice(0, maxShown).toWellFormed() ?? null };
    });
    return { route, conditions, matches: conditions.every((condition) => condition.holds) };
  });
  return { routes: tried, fires: await namesOf(em, typesFired(settings, source.eventTypeId ?? null, request)) };
}

const typesFired = (settings: SourceSettings | null, otherwise: Id<'eventType'> | null, request: IncomingRequest) =>
  routeRequest(settings?.routing ?? { routes: [], match: 'first' }, otherwise, request);

async function requestOf(
  db: Database,
  em: EntityManager,
  tenantId: Id<'tenant'>,
  { request }: TryRoutes,
): Promise<IncomingRequest> {
  if ('body' in request) {
    const headers = request.headers.map(([name, value]): [string, string] => [name.toLowerCase(), value]);
    return incomingRequest(headers, 'application/json', Buffer.from(request.body));
  }
  const row = await findReceipt(em, request.id);
  const kept = await readRequestBody(db.sql, tenantId, eventOf(row), row.bodyBytes);
  return incomingRequest(storedHeaders(row.headers), row.contentType, kept?.body ?? Buffer.alloc(0));
}

async function namesOf(em: EntityManager, ids: Id<'eventType'>[]): Promise<TriedRoutes['fires']> {
  const found = await em.find(EventType, { id: { $in: ids } }, { fields: ['id', 'name'] });
  return ids.map((id) => ({ id, name: found.find((one) => one.id === id)?.name ?? id }));
}
