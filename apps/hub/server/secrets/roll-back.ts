import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { RollBackSecret, SavedSecret } from '@nexomatic/contracts/secret-api';
import { SecretValue } from '@nexomatic/db/entities/secret-value';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps, expectVersion } from '../definitions/change-definition.ts';
import { keepForRollBack, useValue } from './put-value.ts';
import { lockSecret, savedSecret } from './set-value.ts';

/** Takes the value before back into use, without anybody seeing it; the one in use can be taken back in turn. */
export function rollBackSecret(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, version }: RollBackSecret,
): Promise<SavedSecret> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await lockSecret(em, id);
    expectVersion(row, version);
    const now = deps.clock.now();
    const before = row.valueVersion;
    const earlier = await em.findOne(SecretValue, {
      secretId: id,
      box: { $ne: null },
      keptUntil: { $gt: new Date(now) },
    });
    if (!earlier) {
      const detail = `${row.name} has no earlier value any more; set the value again.`;
      throw new NexomaticError('unprocessable', detail);
    }
    await keepForRollBack(em, row, now, earlier.version);
    earlier.keptUntil = null;
    useValue(row, earlier);
    recordAudit(em, tenantId, actor, {
      action: 'secret.rolled_back',
      object: { kind: 'secret', id, name: row.name },
      before: { valueVersion: before },
      after: { valueVersion: earlier.version },
    });
    await em.flush();
    return savedSecret(deps, em, row);
  });
}
