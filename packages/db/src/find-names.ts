import type { Id } from '@nexomatic/contracts/id';
import { type FoundKind, type FoundObject, mostOfKind } from '@nexomatic/contracts/object-api';
import { bytes, idOf } from './ledger/rows.ts';
import { likeText } from './like.ts';
import type { SqlRunner } from './sql.ts';

const tables: Record<FoundKind, string> = {
  eventType: 'event_types',
  action: 'actions',
  source: 'sources',
  schedule: 'schedules',
  sink: 'sinks',
  secret: 'secrets',
};

/**
 * Things of a tenant in whose names every word stands, kind by kind, in one statement. Each kind's names are read from the index
 * that holds them in their order, and from nothing else.
 */
export async function findNames(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  { kinds, words }: { kinds: readonly FoundKind[]; words: readonly string[] },
): Promise<FoundObject[]> {
  const [first] = words;
  if (first === undefined || kinds.length === 0) return [];
  const likes = words.map((word) => `%${likeText(word.toLowerCase())}%`);
  const ofKind = (kind: FoundKind): string =>
    `(SELECT '${kind}' AS kind, id, name FROM ${tables[kind]} FORCE INDEX (${tables[kind]}_tenant_id_name_unique) WHERE tenant_id = ?
       ${words.map(() => 'AND LOWER(name) LIKE ?').join(' ')} ORDER BY LOWER(name) LIKE ? DESC, name LIMIT ${mostOfKind})`;
  const rows = await sql.query<{ kind: FoundKind; id: Uint8Array; name: string }>(
    kinds.map(ofKind).join(' UNION ALL '),
    kinds.flatMap(() => [bytes(tenantId), ...likes, likes[0]?.slice(1) ?? '']),
  );
  return rows.map(({ kind, id, name }) => ({ kind, id: idOf(kind, id), name }) as FoundObject);
}
