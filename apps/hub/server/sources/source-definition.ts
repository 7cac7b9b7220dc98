import { hash } from 'node:crypto';
import type { Id } from '@nexomatic/contracts/id';
import { defaultSourceSettings, type SourceSettings, sourceSettingsSchema } from '@nexomatic/contracts/source-settings';
import type { VerificationSecret } from '@nexomatic/contracts/verification';
import type { SourceDefinition as StoredSource } from '@nexomatic/db/ledger/definitions';
import type { Keyring } from '../keyring/keyring.ts';

/** A source as whoever receives for it needs it. */
export interface SourceDefinition extends Omit<StoredSource, 'settings' | 'secrets'> {
  settings: SourceSettings;
  /** Another text whenever the settings, the live secrets or whether it is enabled are others. */
  settingsVersion: string;
  /** The secrets that are accepted just now, newest first, in clear. Unwrapped when they are first asked for. */
  liveSecrets(): VerificationSecret[];
}

/** Where a secret is wrapped for: it opens for no other source and under no other id. */
export const secretContext = (tenantId: Id<'tenant'>, sourceId: Id<'source'>, id: Id<'sourceSecret'>): string =>
  `source-secret/${tenantId}/${sourceId}/${id}`;

/** Settings as they were saved. Throws for what no version of this hub has saved: to guess could be to believe anybody. */
export const readSettings = (text: string | null | undefined): SourceSettings =>
  text ? sourceSettingsSchema.parse(JSON.parse(text)) : defaultSourceSettings;

/** What the table holds of a source, as its receivers read it. */
export function withSettings(stored: StoredSource | null, keyring: Pick<Keyring, 'unwrap'>): SourceDefinition | null {
  if (!stored) return null;
  const { settings, secrets, ...source } = stored;
  const version = [source.enabled, ...secrets.map(({ id }) => id), settings ?? ''].join(' ');
  let opened: VerificationSecret[] | null = null;
  return {
    ...source,
    settings: readSettings(source.kind === 'WEBHOOK' ? settings : null),
    settingsVersion: hash('sha256', version, 'hex').slice(0, 32),
    liveSecrets() {
      opened ??= secrets.map(({ id, wrapped }) => {
        const value = keyring.unwrap(wrapped, secretContext(source.tenantId, source.id, id));
        return { id, value: Buffer.from(value).toString('utf8') };
      });
      return opened;
    },
  };
}
