import { idToBytes } from '@nexomatic/contracts/id';
import { openDatabase } from '@nexomatic/db/database';
import { silentLogger } from '@nexomatic/logger';
import type { Product } from './start-product.ts';

/** Makes it as if no hub had been there since an instant at which the schedule is planned: all its runs from then on were missed. */
export async function missRuns(product: Product, schedule: string, since: Date): Promise<void> {
  const { sql, close } = await openDatabase({ url: product.database, logger: silentLogger });
  await sql.run('UPDATE schedules SET next_due_at = ?, wake_at = ? WHERE id = ?', [since, since, idToBytes(schedule)]);
  await close();
}
