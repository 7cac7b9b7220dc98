import { type Id, idToBytes } from '@nexomatic/contracts/id';
import { eventWalks } from '@nexomatic/db/event-walks';
import type { Sql, SqlValue } from '@nexomatic/db/sql';
import type { ListQuery } from './list-queries.ts';

const columns = {
  id: 'id',
  parentId: 'parent_id',
  rootId: 'root_id',
  eventTypeId: 'event_type_id',
  sourceId: 'source_id',
  state: 'state',
};
const nothing = { id: null, parentId: null, rootId: null, eventTypeId: null, sourceId: null, state: null };

/** How the database goes through the table for a query: the plan of its first walk, and how many walks there are. */
export async function explainWalks(sql: Sql, tenantId: Id<'tenant'>, { asked }: ListQuery): Promise<string> {
  if (!asked) return 'ids from the table of search values';
  const { walks } = eventWalks({ ...nothing, ...asked });
  const [walk] = walks;
  if (!walk) return 'no walk';
  const values: SqlValue[] = [idToBytes(tenantId)];
  const conditions = Object.entries(walk.where).map(([column, value]) => {
    values.push(column === 'state' ? value : idToBytes(value));
    return ` AND ${columns[column as keyof typeof columns]} = ?`;
  });
  const [plan] = await sql.query<{ key: string; type: string; Extra: string }>(
    `EXPLAIN SELECT id, message FROM events ${walk.indexHint} WHERE tenant_id = ?${conditions.join('')} ORDER BY id DESC LIMIT 51`,
    values,
  );
  return `${walks.length} × ${plan?.key} (${plan?.type}${plan?.Extra ? `; ${plan.Extra}` : ''})`;
}
