import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { SavedSource } from '@nexomatic/contracts/source-api';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition } from '../definitions/change-definition.ts';
import { findSource, showSaved, sourceAddress } from './read-sources.ts';
import type { SourceDeps } from './save-source.ts';
import { newKey } from './source-key.ts';

/**
 * Gives a webhook another address; the answer alone tells it. The old one is refused at once by this hub, and by others of
 * the installation when their memory of it ends (`definitionTtlMs`).
 */
export function rotateSourceKey(
  deps: SourceDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'source'>,
): Promise<SavedSource & { address: string }> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findSource(em, id);
    if (row.kind !== 'WEBHOOK') {
      throw new NexomaticError('unprocessable', `Only a WEBHOOK has an address; this source is of kind ${row.kind}.`);
    }
    const key = newKey();
    const before = { keyHint: row.keyHint ?? null };
    em.assign(row, key.columns);
    const object = { kind: 'source' as const, id, name: row.name };
    const after = { keyHint: key.columns.keyHint };
    recordAudit(em, tenantId, actor, { action: 'source.key_rotated', object, before, after });
    await em.flush();
    return { ...(await showSaved(deps, em, row)), address: sourceAddress(deps.env, key.text) };
  });
}
