import type { HubClient } from '@nexomatic/client/hub-client';
import { nodeSealing } from '@nexomatic/sealing/node';
import { sealSecret } from '@nexomatic/sealing/secret-box';
import { openOwnBox } from '../secrets/open-own-box.ts';
import type { Identity } from './identity-file.ts';
import { boxPairOf } from './sink-keys.ts';

const deadlineMs = 15_000;

/**
 * Seals to this sink's next key every end-to-end value that it has by the present one. The hub keeps both until the keys are
 * exchanged, so it may end anywhere and be done again; what was done stays done.
 */
export async function resealOwnBoxes(
  { sink }: Pick<HubClient, 'sink'>,
  { keys, nextKeys, tenant }: Identity & Required<Pick<Identity, 'nextKeys'>>,
): Promise<void> {
  const boxKey = nextKeys.box.public;
  const next = boxPairOf(nextKeys.box);
  const pairs = [boxPairOf(keys.box), next];
  for (;;) {
    const signal = AbortSignal.timeout(deadlineMs);
    const { boxes } = await sink.boxesToReseal.query({ boxKey }, { signal });
    if (boxes.length === 0) return;
    const resealed = boxes.map(({ secretId, name, version, box }) => {
      const place = { tenant: tenant.id, name, version };
      const value = openOwnBox(Buffer.from(box, 'base64'), pairs, place);
      const sealed = sealSecret(nodeSealing, next.publicKey, place, value);
      value.fill(0);
      return { secretId, version, box: Buffer.from(sealed).toString('base64') };
    });
    await sink.resealBoxes.mutate({ boxKey, boxes: resealed }, { signal });
  }
}
