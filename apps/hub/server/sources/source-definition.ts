import type { Id } from '@nexomatic/contracts/id';
import { defaultSourceSettings, type SourceSettings, sourceSettingsSchema } from '@nexomatic/contracts/source-settings';
import type { SourceDefinition as StoredSource, WrappedSecret } from '@nexomatic/db/ledger/definitions';
import type { Logger } from '@nexomatic/logger';
import { type EdgeSettings, edgeSettingsOf, type OpenSecret } from '../edge/edge-settings.ts';
import type { Keyring } from '../keyring/keyring.ts';

/** A source as whoever receives for it needs it. */
export interface SourceDefinition extends Omit<StoredSource, 'settings' | 'secrets'> {
  settings: SourceSettings;
  /** The part that decides whether a request is taken, with the live secrets in clear: never to be logged or answered. */
  edge: EdgeSettings;
}

/** Where a secret is wrapped for: it opens for no other source and under no other id. */
export const secretContext = (tenantId: Id<'tenant'>, sourceId: Id<'source'>, id: Id<'sourceSecret'>): string =>
  `source-secret/${tenantId}/${sourceId}/${id}`;

/** Settings as they were saved. Throws for what no version of this hub has saved: to guess could be to believe anybody. */
export const readSettings = (text: string | null | undefined): SourceSettings =>
  text ? sourceSettingsSchema.parse(JSON.parse(text)) : defaultSourceSettings;

interface Deps {
  keyring: Pick<Keyring, 'unwrap'>;
  logger: Logger;
}

/** What the table holds of a source, as its receivers read it. */
export function withSettings(deps: Deps, stored: StoredSource): SourceDefinition {
  const { settings: text, secrets, ...source } = stored;
  const settings = readSettings(source.kind === 'WEBHOOK' ? text : null);
  const needsSecrets = settings.verification.scheme !== 'none';
  const open = needsSecrets ? secrets.flatMap((secret) => openSecret(deps, stored, secret)) : [];
  return { ...source, settings, edge: edgeSettingsOf(settings, open) };
}

/** None where no key opens it: then what its sender shows matches nothing, and the other secrets go on working. */
function openSecret({ keyring, logger }: Deps, source: StoredSource, secret: WrappedSecret): OpenSecret[] {
  const { tenantId, id: sourceId } = source;
  const { id, wrapped, retiresAt } = secret;
  try {
    const value = keyring.unwrap(wrapped, secretContext(tenantId, sourceId, id));
    return [{ id, value: Buffer.from(value).toString('utf8'), until: retiresAt?.getTime() ?? null }];
  } catch (error) {
    logger.error({ err: error, tenantId, sourceId, secretId: id }, 'source_secret.unopened');
    return [];
  }
}
