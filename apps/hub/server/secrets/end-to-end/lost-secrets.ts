import type { Id } from '@nexomatic/contracts/id';
import { Secret } from '@nexomatic/db/entities/secret';
import type { EntityManager } from '@nexomatic/db/query';
import { grantedSinks, isLost } from './granted-sinks.ts';

/** End-to-end secrets of a tenant whose value no sink has any more. */
export async function lostSecrets(em: EntityManager): Promise<Id<'secret'>[]> {
  const rows = await em.find(
    Secret,
    { endToEnd: true, valueVersion: { $gt: 0 } },
    { fields: ['id', 'endToEnd', 'valueVersion'] },
  );
  const granted = await grantedSinks(
    em,
    rows.map(({ id }) => id),
  );
  return rows.flatMap((row) => (isLost(row, granted.get(row.id) ?? []) ? row.id : []));
}
