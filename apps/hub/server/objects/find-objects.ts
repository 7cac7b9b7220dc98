import type { Id } from '@nexomatic/contracts/id';
import { type FoundKind, type FoundObject, mostWords } from '@nexomatic/contracts/object-api';
import type { Permission } from '@nexomatic/contracts/permission';
import { findNames } from '@nexomatic/db/find-names';
import type { Sql } from '@nexomatic/db/sql';

/** Without the right to see a kind of thing nobody learns its names. */
const needs: Record<FoundKind, Permission> = {
  eventType: 'definitions.read',
  action: 'definitions.read',
  source: 'definitions.read',
  schedule: 'definitions.read',
  sink: 'sinks.read',
  secret: 'secrets.read',
};

/** What a tenant calls by such a name, of the kinds that whoever asks may see. */
export async function findObjects(
  { sql }: { sql: Sql },
  tenantId: Id<'tenant'>,
  { text, holds }: { text: string; holds(permission: Permission): boolean },
): Promise<{ objects: FoundObject[] }> {
  const kinds = (Object.keys(needs) as FoundKind[]).filter((kind) => holds(needs[kind]));
  const words = text.split(/\s+/).filter(Boolean).slice(0, mostWords);
  return { objects: await findNames(sql, tenantId, { kinds, words }) };
}
