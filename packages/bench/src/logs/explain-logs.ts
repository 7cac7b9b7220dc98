import type { Id } from '@nexomatic/contracts/id';
import { findRecords, logWalks } from '@nexomatic/db/log-walks';
import type { Sql, SqlRunner } from '@nexomatic/db/sql';
import type { LogQueryCase } from './log-queries.ts';

interface Plan {
  key: string | null;
  type: string;
  Extra: string | null;
}

/** How the database goes through the table for a query: the plan of its first walk, and how many walks there are. */
export async function explainLogs(sql: Sql, tenantId: Id<'tenant'>, { asked }: LogQueryCase): Promise<string> {
  const plans: Plan[] = [];
  const explaining: Pick<SqlRunner, 'query'> = {
    async query(text, params) {
      plans.push(...(await sql.query<Plan>(`EXPLAIN ${text}`, params)));
      return [];
    },
  };
  const walks = logWalks({ eventId: null, eventTypeId: null, level: null, ...asked });
  const range = { tenantId, from: null, before: null };
  await findRecords({ ...sql, ...explaining }, range, walks, 51);
  const [plan] = plans;
  return `${walks.walks.length} × ${plan?.key} (${plan?.type}${plan?.Extra ? `; ${plan.Extra}` : ''})`;
}
