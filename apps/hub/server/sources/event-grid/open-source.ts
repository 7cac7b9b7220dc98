import { eventGridSettingsSchema } from '@nexomatic/contracts/event-grid-settings';
import type { EventGridSource } from '@nexomatic/db/ledger/event-grid';
import type { HubEnv } from '../../env.ts';
import type { Keyring } from '../../keyring/keyring.ts';
import { secretContext } from '../source-definition.ts';
import { settingsFaults } from './check-settings.ts';
import { openCredential } from './open-credential.ts';
import { openSubscription, type Subscription } from './open-subscription.ts';

export interface OpenDeps {
  env: Pick<HubEnv, 'instance' | 'eventGridHosts' | 'eventGridIdentity'>;
  keyring: Pick<Keyring, 'unwrap'>;
}

/** The subscription that a source pulls from, and the host that it is on. Asks the installation's rules again: they may have changed. */
export async function openSource(
  { env, keyring }: OpenDeps,
  { tenantId, id, credential, ...source }: EventGridSource,
): Promise<{ subscription: Subscription; host: string }> {
  const settings = eventGridSettingsSchema.parse(JSON.parse(source.settings));
  const [fault] = settingsFaults(settings, env);
  if (fault) throw new Error(`The hub may not pull from there: ${fault.message}.`);
  const { auth, namespaceUrl } = settings;
  const wrapped = credential && auth.kind !== 'managed_identity' ? credential : null;
  const secret =
    wrapped && Buffer.from(keyring.unwrap(wrapped.wrapped, secretContext(tenantId, id, wrapped.id))).toString();
  const subscription = await openSubscription(settings, await openCredential(auth, { secret, namespaceUrl }));
  return { subscription, host: new URL(namespaceUrl).hostname };
}
