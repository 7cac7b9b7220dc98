import type { Id } from '@nexomatic/contracts/id';
import type { SecretVersions } from '@nexomatic/contracts/secret-api';
import type { Database } from '@nexomatic/db/database';
import { SecretValue } from '@nexomatic/db/entities/secret-value';
import { findSecret } from './read-secrets.ts';

const mostShown = 100;

/** Who set which value when, newest first. */
export async function listSecretVersions(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  id: Id<'secret'>,
): Promise<SecretVersions> {
  const em = db.tenantEm(tenantId);
  const secret = await findSecret(em, id);
  const rows = await em.find(
    SecretValue,
    { secretId: id },
    { orderBy: { version: 'desc' }, limit: mostShown, exclude: ['box'] },
  );
  return {
    versions: rows.map(({ version, createdAt, createdBy, size, keptUntil }) => ({
      version,
      createdAt: createdAt.toISOString(),
      createdBy,
      size,
      current: version === secret.valueVersion,
      keptUntil: keptUntil?.toISOString() ?? null,
    })),
  };
}
