import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { AddSourceSecret, SourceSecretSummary } from '@nexomatic/contracts/request-api';
import { maxLiveSecrets } from '@nexomatic/contracts/source-settings';
import type { Verification } from '@nexomatic/contracts/verification';
import { SourceSecret } from '@nexomatic/db/entities/source-secret';
import { recordAudit } from '../../audit/record-audit.ts';
import type { Actor } from '../../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../../definitions/change-definition.ts';
import type { Keyring } from '../../keyring/keyring.ts';
import { findSource, settingsOf } from '../read-sources.ts';
import { secretContext } from '../source-definition.ts';
import { revokeRow } from './end-secret.ts';
import { hintOf } from './hint-of.ts';
import { liveSecrets, showSecret } from './read-secrets.ts';
import { judgeSecret, newSecret } from './secret-form.ts';

export type SecretDeps = DefinitionDeps & { keyring: Pick<Keyring, 'wrap' | 'fingerprint'> };

/** Gives a source one more secret, and the ones of before their end. Only a secret that is made here is told, and only now. */
export function addSourceSecret(
  deps: SecretDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  input: AddSourceSecret,
): Promise<SourceSecretSummary & { value: string | null; warnings: string[] }> {
  return changeDefinition(deps, tenantId, async (em) => {
    const source = await findSource(em, input.source);
    const settings = settingsOf(source);
    if (!settings) throw refused(`A source of kind ${source.kind} takes no such secret.`, 'source', 'not a WEBHOOK');
    const { value, warnings } = chosenValue(settings.verification, input.value);

    const older = await liveSecrets(em, source.id);
    const ends = input.retireOthersAfterHours;
    for (const row of older) {
      if (ends === 0) revokeRow(row, deps.clock.now());
      else if (ends !== null) row.retiresAt = sooner(row.retiresAt, deps.clock.now() + ends * 3_600_000);
    }
    if (ends !== 0 && older.length >= maxLiveSecrets) {
      const detail = `It has ${older.length} secrets that are accepted, and more are not looked at; end one first.`;
      throw refused(detail, 'value', `at most ${maxLiveSecrets} at once`);
    }

    const id = newId('sourceSecret');
    const row = em.create(SourceSecret, {
      tenantId,
      id,
      sourceId: source.id,
      hint: hintOf(value),
      wrapped: Buffer.from(deps.keyring.wrap(Buffer.from(value), secretContext(tenantId, source.id, id))),
      rootFingerprint: deps.keyring.fingerprint,
    });
    await em.persist(row).flush();
    await em.refresh(row);
    recordAudit(em, tenantId, actor, {
      action: 'source_secret.added',
      object: { kind: 'source_secret', id, name: source.name },
      before: null,
      after: { hint: row.hint, retireOthersAfterHours: ends },
    });
    await em.flush();
    return { ...showSecret(row), value: input.value === undefined ? value : null, warnings };
  });
}

function chosenValue(verification: Verification, given: string | undefined): { value: string; warnings: string[] } {
  if (given === undefined) {
    const value = newSecret(verification);
    if (value !== null) return { value, warnings: [] };
    throw refused('The sender makes this secret; give the one that it shows.', 'value', 'needed for this scheme');
  }
  const { fault, warnings } = judgeSecret(verification, given);
  if (fault !== null) throw refused('The scheme of this source could not use it.', 'value', fault);
  return { value: given, warnings };
}

const refused = (detail: string, path: string, message: string): NexomaticError =>
  new NexomaticError('unprocessable', detail, { errors: [{ path, message }] });

function sooner(one: Date | null | undefined, otherMs: number): Date {
  return new Date(Math.min(one?.getTime() ?? otherMs, otherMs));
}
