import { isUnavailable } from '@nexomatic/db/ledger/unavailable';
import type { SourceSettingsProvider } from '@nexomatic/edge/settings/source-settings';
import type { Definitions } from '../definitions/definitions.ts';
import type { SourceDefinition } from '../sources/source-definition.ts';

/** The settings of sources as this hub's own receiver reads them: from the memory of definitions, at no query a request. */
export function createHubSettings(definitions: Definitions): SourceSettingsProvider {
  return {
    async find(sourceKeyHash) {
      try {
        const source = await definitions.sourceByKeyHash(Buffer.from(sourceKeyHash, 'hex'));
        return receivable(source) ? { outcome: 'settings', ...source.edge } : { outcome: 'absent' };
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        return { outcome: 'unknown', cause: 'the database can not be asked' };
      }
    },
    // A change made through this hub is in its memory at once, and one through another before a second is over twice.
    confirm: (_, known) => Promise.resolve(known),
    // The rules have read the newest already when they say so.
    outdated: () => undefined,
  };
}

/** Whether requests to its address are taken at all. */
export const receivable = (source: SourceDefinition | null): source is SourceDefinition =>
  source?.kind === 'WEBHOOK' && source.enabled;
