import { createHmac } from 'node:crypto';
import type { SinkClient } from '@nexomatic/client/sink-client';
import type { Clock } from '@nexomatic/clock';
import { checkPurpose } from '@nexomatic/contracts/release-box';
import type { AnswerCheck, OpenCheck } from '@nexomatic/contracts/secret-check-api';
import type { Logger } from '@nexomatic/logger';
import type { BoxKeys } from './box-keys.ts';
import { openOwnBox } from './open-own-box.ts';
import { openRelease, ReleaseFault } from './open-release.ts';

interface TryDeps {
  hub: Pick<SinkClient, 'openCheck' | 'answerCheck'>;
  boxKeys: BoxKeys;
  sinkId: string;
  tenantId: string;
  clock: Clock;
  logger: Logger;
}

/** Tries, for somebody who asked at the hub, whether this sink gets a secret and can open it. Never rejects. */
export async function trySecret(deps: TryDeps, id: string): Promise<void> {
  const { hub, logger } = deps;
  try {
    // Keys may be rotated before the answer is here.
    deps.boxKeys.pairs();
    const check = await hub.openCheck(id);
    if (!check) return;
    const answer = answerTo(check, deps, id);
    await hub.answerCheck(answer);
    logger.info({ checkId: id, outcome: answer.outcome }, 'secret.tried');
  } catch (error) {
    logger.warn({ checkId: id, error: error instanceof Error ? error.message : String(error) }, 'secret.not_tried');
  }
}

function answerTo(check: OpenCheck, deps: TryDeps, id: string): AnswerCheck {
  const { boxKeys, sinkId, tenantId, clock } = deps;
  const { name, nonce, version } = check;
  const box = Buffer.from(check.box, 'base64');
  try {
    if (version !== undefined) {
      const own = openOwnBox(box, boxKeys.pairs(), { tenant: tenantId, name, version });
      own.fill(0);
      return { id, outcome: 'opened', size: own.length };
    }
    const wanted = { purpose: checkPurpose(id), keys: [name], sinkId, now: clock.now() };
    const secrets = openRelease(box, boxKeys.pairs(), wanted);
    const [value] = secrets?.values ?? [];
    if (!secrets || !value) throw new ReleaseFault('the secret is sealed to another key than this sink has');
    const proof = createHmac('sha256', Buffer.from(nonce, 'base64url')).update(value).digest('base64url');
    secrets.wipe();
    return { id, outcome: 'opened', size: value.length, proof };
  } catch (error) {
    if (!(error instanceof ReleaseFault)) throw error;
    return { id, outcome: 'failed', message: error.message };
  }
}
