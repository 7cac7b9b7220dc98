import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { ConfigureEventGrid, EventGridStatus } from '@nexomatic/contracts/event-grid-api';
import type { EventGridSettings } from '@nexomatic/contracts/event-grid-settings';
import { type Id, newId } from '@nexomatic/contracts/id';
import { EventGridConsumer } from '@nexomatic/db/entities/event-grid-consumer';
import type { Source } from '@nexomatic/db/entities/source';
import { SourceSecret } from '@nexomatic/db/entities/source-secret';
import type { EntityManager } from '@nexomatic/db/query';
import { recordAudit } from '../../audit/record-audit.ts';
import type { Actor } from '../../auth/actor.ts';
import { changeDefinition, type DefinitionDeps, expectVersion } from '../../definitions/change-definition.ts';
import type { HubEnv } from '../../env.ts';
import type { Keyring } from '../../keyring/keyring.ts';
import { findSource } from '../read-sources.ts';
import { checkTarget } from '../save-source.ts';
import { revokeRow } from '../secrets/end-secret.ts';
import { hintOf } from '../secrets/hint-of.ts';
import { liveSecrets } from '../secrets/read-secrets.ts';
import { secretContext } from '../source-definition.ts';
import { settingsFaults } from './check-settings.ts';
import { eventGridSettingsOf, expectEventGrid, type ShowStatusDeps, showEventGrid } from './show-status.ts';

export type ConfigureDeps = DefinitionDeps &
  ShowStatusDeps & {
    env: Pick<HubEnv, 'instance' | 'eventGridHosts' | 'eventGridIdentity'>;
    keyring: Pick<Keyring, 'wrap' | 'fingerprint'>;
  };

/** Says what a source pulls from, and what it signs in with. The hub that pulls it follows within seconds. */
export async function configureEventGrid(
  deps: ConfigureDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, version, settings, credential, eventTypeId }: ConfigureEventGrid,
): Promise<EventGridStatus> {
  const errors = settingsFaults(settings, deps.env);
  if (errors.length > 0) throw new NexomaticError('unprocessable', 'The hub may not pull from there.', { errors });
  await changeDefinition(deps, tenantId, async (em) => {
    const row = await findSource(em, id);
    expectEventGrid(row);
    expectVersion(row, version);
    const before = eventGridSettingsOf(row);
    const firedBefore = row.eventTypeId ?? null;
    em.assign(row, { settings: JSON.stringify(settings), ...(eventTypeId === undefined ? {} : { eventTypeId }) });
    await checkTarget(em, row);
    const changed = await setCredential(em, deps, row, { before, settings, credential });
    await restartConsumer(em, row);
    const object = { kind: 'source' as const, id, name: row.name };
    const after = { ...settings, eventTypeId: row.eventTypeId ?? null, ...(changed ? { credential: 'new' } : {}) };
    recordAudit(em, tenantId, actor, {
      action: 'source.connected',
      object,
      before: before && { ...before, eventTypeId: firedBefore },
      after,
    });
    await em.flush();
  });
  return showEventGrid(deps, tenantId, id);
}

/** Keeps the one that is given; true if the one of before was not left as it is. */
async function setCredential(
  em: EntityManager,
  deps: ConfigureDeps,
  { tenantId, id: sourceId }: Source,
  given: { before: EventGridSettings | null; settings: EventGridSettings; credential: string | undefined },
): Promise<boolean> {
  const { before, settings, credential } = given;
  const live = await liveSecrets(em, sourceId);
  const needsNone = settings.auth.kind === 'managed_identity';
  if (credential === undefined && !needsNone) {
    // A credential goes nowhere but where it was given for: whoever moves the source must have it.
    if (live.length > 0 && before && sameAccess(before, settings)) return false;
    const errors = [{ path: 'credential', message: 'needed for this namespace and way to sign in' }];
    throw new NexomaticError('unprocessable', 'Give the credential that Azure is to be shown.', { errors });
  }
  for (const row of live) revokeRow(row, deps.clock.now());
  if (credential === undefined || needsNone) return live.length > 0;
  const id = newId('sourceSecret');
  const wrapped = Buffer.from(deps.keyring.wrap(Buffer.from(credential), secretContext(tenantId, sourceId, id)));
  em.persist(
    em.create(SourceSecret, {
      tenantId,
      id,
      sourceId,
      hint: hintOf(credential),
      wrapped,
      rootFingerprint: deps.keyring.fingerprint,
    }),
  );
  return true;
}

const sameAccess = (one: EventGridSettings, other: EventGridSettings): boolean =>
  new URL(one.namespaceUrl).host === new URL(other.namespaceUrl).host &&
  JSON.stringify(one.auth) === JSON.stringify(other.auth);

/** A new try begins at once, whatever failed before. */
async function restartConsumer(em: EntityManager, { tenantId, id: sourceId }: Source): Promise<void> {
  const standing = await em.findOne(EventGridConsumer, { sourceId });
  const fresh = { failures: 0, nextPollAt: null, lastError: null, lastErrorAt: null };
  if (standing) em.assign(standing, fresh);
  else em.persist(em.create(EventGridConsumer, { tenantId, sourceId }));
}
