import type { Id } from '@nexomatic/contracts/id';
import type { SourceSecretSummary } from '@nexomatic/contracts/request-api';
import type { SourceSecret } from '@nexomatic/db/entities/source-secret';
import { recordAudit } from '../../audit/record-audit.ts';
import type { Actor } from '../../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../../definitions/change-definition.ts';
import { findSource } from '../read-sources.ts';
import { findSecret, type SecretRef, showSecret } from './read-secrets.ts';

/** Accepts a secret for so many hours more, whatever its end was. */
export function retireSourceSecret(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { afterHours, ...ref }: SecretRef & { afterHours: number },
): Promise<SourceSecretSummary> {
  return end(deps, tenantId, actor, ref, 'source_secret.retired', (row, now) => {
    row.retiresAt = new Date(now + afterHours * 3_600_000);
  });
}

/** Accepts a secret no longer, from now on. Its value is gone; its id and hint stay for the requests that it matched. */
export async function revokeSourceSecret(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  ref: SecretRef,
): Promise<void> {
  await end(deps, tenantId, actor, ref, 'source_secret.revoked', revokeRow);
}

/** Ends a secret and throws its value away. */
export function revokeRow(row: SourceSecret, nowMs: number): void {
  row.revokedAt = new Date(nowMs);
  row.wrapped = Buffer.alloc(0);
}

function end(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  ref: SecretRef,
  action: 'source_secret.retired' | 'source_secret.revoked',
  change: (row: SourceSecret, nowMs: number) => void,
): Promise<SourceSecretSummary> {
  return changeDefinition(deps, tenantId, async (em) => {
    const source = await findSource(em, ref.source);
    const row = await findSecret(em, ref);
    const before = factsOf(row);
    change(row, deps.clock.now());
    const object = { kind: 'source_secret' as const, id: row.id, name: source.name };
    const after = action === 'source_secret.revoked' ? null : factsOf(row);
    recordAudit(em, tenantId, actor, { action, object, before, after });
    await em.flush();
    return showSecret(row);
  });
}

const factsOf = ({ hint, retiresAt }: SourceSecret) => ({ hint, retiresAt: retiresAt?.toISOString() ?? null });
