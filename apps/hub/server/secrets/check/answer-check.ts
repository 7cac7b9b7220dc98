import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AnswerCheck, SecretCheck } from '@nexomatic/contracts/secret-check-api';
import { findSealedValues } from '@nexomatic/db/ledger/secrets';
import type { SqlRunner } from '@nexomatic/db/sql';
import type { Redis } from '@nexomatic/queue/connection';
import { noteAnswer, takeOpened } from '@nexomatic/queue/secret-checks';
import type { SinkIdentity } from '../../attempts/sink-identity.ts';
import type { Keyring } from '../../keyring/keyring.ts';
import type { TenantKeys } from '../../keyring/tenant-keys.ts';
import { type NotedCheck, readNoted } from './noted-check.ts';

interface Deps {
  sql: SqlRunner;
  redis: Redis;
  tenantKeys: Pick<TenantKeys, 'openValue'>;
  keyring: Pick<Keyring, 'derive'>;
}

/** Judges what a sink found, and leaves that to whoever waits for it. What nobody asked for changes nothing. */
export async function answerCheck(deps: Deps, sink: SinkIdentity, answer: AnswerCheck): Promise<void> {
  const { redis } = deps;
  const check = readNoted(await takeOpened(redis, answer.id), sink);
  if (check) await noteAnswer(redis, answer.id, JSON.stringify(await judge(deps, check, answer)));
}

async function judge(deps: Deps, check: NotedCheck, answer: AnswerCheck): Promise<SecretCheck> {
  if (answer.outcome === 'failed') return { outcome: 'failed', size: null, fingerprint: null, message: answer.message };
  const { tenantId, name, version, nonce, endToEnd } = check;
  if (endToEnd) return judgeLength(endToEnd.size, answer.size);
  const sealed = (await findSealedValues(deps.sql, tenantId, [name])).find((one) => one.version === version);
  const value = sealed && (await deps.tenantKeys.openValue(tenantId, { name, version }, sealed));
  if (!value) return { ...differs(answer.size), message: 'The value was set anew while it was tried; check again.' };
  const proof = createHmac('sha256', Buffer.from(nonce, 'base64url')).update(value).digest();
  const said = Buffer.from(answer.proof ?? '', 'base64url');
  const same = said.length === proof.length && timingSafeEqual(said, proof) && answer.size === value.length;
  if (!same) return { ...differs(answer.size), message: 'The sink opened another value than the one in use.' };
  return { outcome: 'same', size: value.length, fingerprint: fingerprintOf(deps.keyring, check, value), message: null };
}

/** Of a value that the hub has never seen. */
const judgeLength = (size: number, found: number): SecretCheck =>
  size === found
    ? { outcome: 'opened', size, fingerprint: null, message: null }
    : { ...differs(found), message: 'The sink opened a value of another length than the one in use.' };

const differs = (size: number) => ({ outcome: 'differs' as const, size, fingerprint: null });

/**
 * Tells values of one secret apart. It is made with a key of the hub, so that nobody who sees it can try short values, and of
 * the secret's id, so that equal values of two secrets don't show.
 */
function fingerprintOf({ derive }: Deps['keyring'], { tenantId, secretId }: NotedCheck, value: Uint8Array): string {
  const [key] = derive('fingerprints of secrets');
  if (!key) throw new Error('a keyring has a key');
  const mac = createHmac('sha256', key).update(`${tenantId} ${secretId} `).update(value);
  return mac.digest('hex').slice(0, 8);
}
