import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { type CheckSecret, checkWaitMs, type SecretCheck, secretCheck } from '@nexomatic/contracts/secret-check-api';
import { readGrants } from '@nexomatic/contracts/secret-grants';
import type { Database } from '@nexomatic/db/database';
import type { Secret } from '@nexomatic/db/entities/secret';
import type { Sink } from '@nexomatic/db/entities/sink';
import { findHolders } from '@nexomatic/db/ledger/secret-boxes';
import type { SqlRunner } from '@nexomatic/db/sql';
import type { Redis } from '@nexomatic/queue/connection';
import { noteCheck, readAnswer } from '@nexomatic/queue/secret-checks';
import { recordAudit } from '../../audit/record-audit.ts';
import type { Actor } from '../../auth/actor.ts';
import { readPresences } from '../../sinks/presence.ts';
import { findSink } from '../../sinks/read-sinks.ts';
import { findSecret } from '../read-secrets.ts';
import type { NotedCheck } from './noted-check.ts';

const lookEveryMs = 200;

interface Deps {
  db: Database;
  sql: SqlRunner;
  redis: Redis;
  clock: Clock;
}

/** Has a sink try whether it gets a secret and can open it, and waits for what comes of it. */
export async function checkSecret(
  deps: Deps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, sinkId }: CheckSecret,
): Promise<SecretCheck> {
  const em = deps.db.tenantEm(tenantId);
  const [secret, sink] = [await findSecret(em, id), await findSink(em, sinkId)];
  await expectPossible(deps, secret, sink);
  const checkId = randomUUID();
  const nonce = randomBytes(32).toString('base64url');
  const check: NotedCheck = {
    tenantId,
    sinkId,
    secretId: id,
    name: secret.name,
    version: secret.valueVersion,
    nonce,
    ...(secret.endToEnd ? { endToEnd: { size: secret.size ?? 0 } } : {}),
  };
  const object = { kind: 'secret' as const, id, name: secret.name };
  recordAudit(em, tenantId, actor, {
    action: 'secret.checked',
    object,
    before: null,
    after: { sink: sink.name, check: checkId },
  });
  await em.flush();
  await noteCheck(deps.redis, sinkId, checkId, JSON.stringify(check));
  const answer = await awaited(deps, checkId);
  if (answer) return answer;
  throw refused(
    `The sink ${sink.name} did not answer within ${checkWaitMs / 1_000} s: it is busy, or its agent is older than this hub.`,
  );
}

/** What any look at the database can tell beforehand. Which event types it is granted to does not matter here. */
async function expectPossible({ redis, sql }: Deps, secret: Secret, sink: Sink): Promise<void> {
  if (secret.valueVersion === 0) throw refused(`The secret ${secret.name} has no value yet; set one first.`);
  const { sinkTypeIds } = readGrants(secret.grants);
  if (sinkTypeIds && !sinkTypeIds.includes(sink.sinkTypeId)) {
    throw refused(`The secret ${secret.name} is not granted to the type of the sink ${sink.name}.`);
  }
  const holders = secret.endToEnd ? await findHolders(sql, secret.tenantId, [secret.id]) : [];
  if (secret.endToEnd && !holders.some(({ sinkId }) => sinkId === sink.id)) {
    throw refused(`The sink ${sink.name} does not have the value of ${secret.name}, which is end-to-end.`);
  }
  if (!(await readPresences(redis, [sink.id])).has(sink.id)) {
    throw refused(`The sink ${sink.name} is away, so it can not try anything.`);
  }
}

const refused = (detail: string): NexomaticError => new NexomaticError('conflict', detail);

async function awaited({ redis, clock }: Deps, checkId: string): Promise<SecretCheck | null> {
  const until = clock.monotonic() + checkWaitMs;
  while (clock.monotonic() < until) {
    const answer = await readAnswer(redis, checkId);
    if (answer !== null) return secretCheck.parse(JSON.parse(answer));
    await sleep(lookEveryMs);
  }
  return null;
}
