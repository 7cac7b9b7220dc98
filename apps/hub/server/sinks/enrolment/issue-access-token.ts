import type { Clock } from '@nexomatic/clock';
import { type AccessToken, accessTokenMs, challengeMs, challengeText } from '@nexomatic/contracts/enrolment-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Sink } from '@nexomatic/db/entities/sink';
import { Tenant } from '@nexomatic/db/entities/tenant';
import type { Redis } from '@nexomatic/queue/connection';
import { tenantSuspended } from '../../auth/tenant-suspended.ts';
import { type AccessTokens, keyPrintOf } from './access-tokens.ts';
import type { GuessLimit } from './guess-limit.ts';
import { signedBy } from './verify-signature.ts';

interface Deps {
  db: Database;
  clock: Clock;
  redis: Redis;
  accessTokens: AccessTokens;
  guessLimit: GuessLimit;
}

const refused = () =>
  new NexomaticError(
    'unauthenticated',
    'This sink is not known here, was revoked, or did not sign the challenge with its key. Join again with a new join token.',
  );

/** A short-lived token for the sink that signed a challenge of ours. Its row is read anew: nobody who was revoked gets one. */
export function issueAccessToken(
  deps: Deps,
  { sinkId, nonce, signature }: { sinkId: Id<'sink'>; nonce: string; signature: string },
  remoteAddress: string,
): Promise<AccessToken> {
  const { db, accessTokens } = deps;
  return deps.guessLimit.guard(remoteAddress, async () => {
    if (!accessTokens.isOpen(sinkId, nonce)) throw refused();
    // The sink's id says which tenant it is of, so none is known yet.
    const em = db.systemEm();
    const sink = await em.findOne(Sink, { id: sinkId });
    if (!sink?.signKey) throw refused();
    const signKey = Buffer.from(sink.signKey);
    const signed = signedBy(signKey.toString('base64url'), challengeText(sinkId, nonce), signature);
    if (!signed || !(await isFirstUse(deps.redis, nonce))) throw refused();
    const { name, suspendedAt } = await em.findOneOrFail(Tenant, { id: sink.tenantId });
    if (suspendedAt) throw tenantSuspended(name);
    const token = accessTokens.mint({ tenantId: sink.tenantId, sinkId, keyPrint: keyPrintOf(signKey) });
    return { token, expiresInMs: accessTokenMs };
  });
}

/** While Redis is away a challenge may be answered twice within its minute: better than every sink shut out. */
async function isFirstUse(redis: Redis, nonce: string): Promise<boolean> {
  if (redis.status !== 'ready') return true;
  return (await redis.set(`nx:nonce:${nonce}`, '1', 'PX', challengeMs, 'NX')) === 'OK';
}
