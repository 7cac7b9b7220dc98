import type { Id } from '@nexomatic/contracts/id';
import type { ListRequests, RequestSummary } from '@nexomatic/contracts/request-api';
import type { Database } from '@nexomatic/db/database';
import { findRequests } from '@nexomatic/db/ledger/requests';
import { findSource } from '../sources/read-sources.ts';
import { fromCursor, toCursor } from './request-cursor.ts';
import { showRequests } from './show-requests.ts';

/** So many requests of a source are looked at for one page of a filtered list; more are looked for with its cursor. */
const window = 20_000;

/** A page of what came to a source, newest first. A filtered page may be short, or empty, and have a next one all the same. */
export async function listRequests(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  { source, outcome, cause, limit, cursor }: ListRequests,
): Promise<{ requests: RequestSummary[]; nextCursor: string | null }> {
  const em = db.tenantEm(tenantId);
  await findSource(em, source);
  const before = cursor === undefined ? null : fromCursor(cursor);
  const options = { before, limit: limit + 1, window };
  const { ids, searchedTo } = await findRequests(db.sql, tenantId, source, { outcome, cause }, options);
  const page = ids.slice(0, limit);
  const last = ids.length > limit ? page.at(-1) : searchedTo;
  return { requests: await showRequests({ db }, tenantId, page), nextCursor: last ? toCursor(last) : null };
}
