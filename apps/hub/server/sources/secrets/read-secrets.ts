import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { SourceSecretSummary } from '@nexomatic/contracts/request-api';
import type { Database } from '@nexomatic/db/database';
import { SourceSecret } from '@nexomatic/db/entities/source-secret';
import { type EntityManager, raw } from '@nexomatic/db/query';
import { findSource } from '../read-sources.ts';

/** A source of the tenant and one of its secrets. */
export interface SecretRef {
  source: Id<'source'>;
  id: Id<'sourceSecret'>;
}

/** By the database's clock, as receivers see it. */
const live = () => ({ revokedAt: null, $or: [{ retiresAt: null }, { retiresAt: { $gt: raw('now(3)') } }] });

/** The secrets of a source that are accepted just now, newest first; never their values. */
export async function listSourceSecrets(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  source: Id<'source'>,
): Promise<{ secrets: SourceSecretSummary[] }> {
  const em = db.tenantEm(tenantId);
  await findSource(em, source);
  return { secrets: (await liveSecrets(em, source)).map(showSecret) };
}

export const liveSecrets = (em: EntityManager, sourceId: Id<'source'>): Promise<SourceSecret[]> =>
  em.find(SourceSecret, { sourceId, ...live() }, { orderBy: { id: 'desc' } });

/** A secret that is accepted just now, or the refusal for one that is not. */
export async function findSecret(em: EntityManager, { source, id }: SecretRef): Promise<SourceSecret> {
  const secret = await em.findOne(SourceSecret, { sourceId: source, id, ...live() });
  if (!secret) throw new NexomaticError('not_found', `The source has no secret ${id} that is still accepted.`);
  return secret;
}

export const showSecret = (row: SourceSecret): SourceSecretSummary => ({
  id: row.id,
  hint: row.hint,
  createdAt: row.createdAt.toISOString(),
  retiresAt: row.retiresAt?.toISOString() ?? null,
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
});
