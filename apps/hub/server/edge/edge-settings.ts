import { hash } from 'node:crypto';
import type { EdgeSourceSettings } from '@nexomatic/contracts/edge-protocol';
import type { SourceSettings } from '@nexomatic/contracts/source-settings';

export type OpenSecret = EdgeSourceSettings['secrets'][number];

/** What a receiver decides by, and the version that it goes by. */
export interface EdgeSettings {
  version: string;
  settings: EdgeSourceSettings;
}

/**
 * The part of a source's settings that a receiver needs. Its version changes with whatever may change a decision of a
 * receiver, and with nothing else: another route, for one, is no reason to ask again. A secret's id stands for its value,
 * which never changes, so that a version tells nothing of it.
 */
export function edgeSettingsOf(settings: SourceSettings, secrets: OpenSecret[]): EdgeSettings {
  const { verification, allowedAddresses, handshakes, content, limits } = settings;
  const open = { verification, allowedAddresses, handshakes, content, limits };
  const named = { ...open, secrets: secrets.map(({ id, until }) => ({ id, until })) };
  return { version: hash('sha256', JSON.stringify(named), 'hex').slice(0, 32), settings: { ...open, secrets } };
}
