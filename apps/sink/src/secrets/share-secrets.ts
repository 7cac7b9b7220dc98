import type { SinkClient } from '@nexomatic/client/sink-client';
import type { WantedShare } from '@nexomatic/contracts/secret-sharing-api';
import type { Logger } from '@nexomatic/logger';
import { keyFingerprint } from '@nexomatic/sealing/key-fingerprint';
import { nodeSealing } from '@nexomatic/sealing/node';
import { sealSecret } from '@nexomatic/sealing/secret-box';
import type { BoxKeys } from './box-keys.ts';
import { openOwnBox } from './open-own-box.ts';

interface ShareDeps {
  hub: Pick<SinkClient, 'sharesWanted' | 'shareSecret'>;
  boxKeys: BoxKeys;
  tenantId: string;
  /** False where this machine shares nothing, whatever is approved at the hub. */
  willing: boolean;
  logger: Logger;
}

/**
 * Seals values that this sink has to other sinks that were approved for them, one round at a time. It takes the hub's word for
 * who was approved, and for their keys, which is why people compare fingerprints. Never rejects.
 */
export function createShareSecrets(deps: ShareDeps): () => Promise<void> {
  const { hub, willing, logger } = deps;
  let running: Promise<void> | undefined;
  let refused = false;

  async function shareAll(): Promise<void> {
    try {
      for (const want of await hub.sharesWanted()) await share(deps, want);
    } catch (error) {
      logger.warn({ error: messageOf(error) }, 'secrets.not_shared');
    }
  }

  return async () => {
    if (!willing) {
      if (!refused) logger.info('secrets.sharing_refused');
      refused = true;
      return;
    }
    running ??= shareAll().finally(() => {
      running = undefined;
    });
    await running;
  };
}

/** What this sink can't open stops nothing of the rest. */
async function share({ hub, boxKeys, tenantId, logger }: ShareDeps, want: WantedShare): Promise<void> {
  const { secretId, name, version, sinkId, sinkName, boxKey } = want;
  const place = { tenant: tenantId, name, version };
  const key = Buffer.from(boxKey, 'base64url');
  const about = { secret: name, version, sink: sinkName, fingerprint: keyFingerprint(key) };
  try {
    const value = openOwnBox(Buffer.from(want.box, 'base64'), boxKeys.pairs(), place);
    const box = Buffer.from(sealSecret(nodeSealing, key, place, value)).toString('base64');
    value.fill(0);
    const outcome = await hub.shareSecret({ secretId, version, sinkId, boxKey, box });
    logger.info({ ...about, outcome }, 'secret.shared');
  } catch (error) {
    logger.warn({ ...about, error: messageOf(error) }, 'secret.not_shared');
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
