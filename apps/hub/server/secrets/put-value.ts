import type { Warning } from '@nexomatic/contracts/definition-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { rollBackMs } from '@nexomatic/contracts/secret-api';
import { shortestMasked } from '@nexomatic/contracts/secret-limits';
import type { Secret } from '@nexomatic/db/entities/secret';
import { SecretValue } from '@nexomatic/db/entities/secret-value';
import type { EntityManager } from '@nexomatic/db/query';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import type { JudgedValue } from './judge-value.ts';

/**
 * Gives a secret, whose row is locked, a new value. The one before can be taken back for a while; what could be taken back
 * until now is gone.
 */
export async function putValue(
  em: EntityManager,
  row: Secret,
  actor: Actor,
  value: JudgedValue,
  now: number,
): Promise<void> {
  expectNext(row, value.version);
  await keepForRollBack(em, row, now);
  await noteValue(em, row, actor, value, now);
}

/** Refuses a value that was sealed for another number than the next. */
export function expectNext(row: Secret, version: number): void {
  if (version === row.lastValueVersion + 1) return;
  throw new NexomaticError('conflict', 'Another value was set meanwhile; seal yours for the next version.', {
    currentVersion: row.lastValueVersion,
  });
}

/** Notes that a secret has that value from now on, and who set it. What no box is given for is sealed to these sinks. */
export async function noteValue(
  em: EntityManager,
  row: Secret,
  actor: Actor,
  value: Omit<JudgedValue, 'keyId' | 'box'> & Partial<JudgedValue>,
  now: number,
  sinks: { name: string }[] = [],
): Promise<void> {
  const { tenantId, id: secretId, valueVersion: before } = row;
  const { version, size, short } = value;
  const by = { createdAt: new Date(now), createdBy: actor.name.slice(0, 200) };
  em.persist(em.create(SecretValue, { tenantId, secretId, ...value, ...by }));
  row.lastValueVersion = version;
  useValue(row, { version, size, short, ...by });
  const sealedTo = sinks.length > 0 ? { sinks: sinks.map(({ name }) => name) } : {};
  recordAudit(em, tenantId, actor, {
    action: 'secret.value_set',
    object: { kind: 'secret', id: row.id, name: row.name },
    before: { valueVersion: before },
    after: { valueVersion: version, ...sealedTo },
  });
  await em.flush();
}

/** Lets the value in use be taken back for a while, in place of the one that could be until now. */
export async function keepForRollBack(em: EntityManager, row: Secret, now: number, except?: number): Promise<void> {
  const kept = await em.find(SecretValue, { secretId: row.id, box: { $ne: null } });
  for (const value of kept) {
    if (value.version === row.valueVersion) value.keptUntil = new Date(now + rollBackMs);
    else if (value.version !== except) wipe(value);
  }
}

/** Makes the row say what the value in use is. */
export function useValue(
  row: Secret,
  value: Pick<SecretValue, 'version' | 'size' | 'short' | 'createdAt' | 'createdBy'>,
): void {
  row.valueVersion = value.version;
  row.valueSetAt = value.createdAt;
  row.valueSetBy = value.createdBy;
  row.size = value.size;
  row.short = value.short;
}

function wipe(value: SecretValue): void {
  value.box = null;
  value.keyId = null;
  value.keptUntil = null;
}

/** What there is to say of the value in use. */
export function warnOfValue(row: Pick<Secret, 'short'>): Warning[] {
  if (!row.short) return [];
  const message = `too short to mask: a value of fewer than ${shortestMasked} characters is shown where a module prints it`;
  return [{ code: 'secret_short', path: 'value', message }];
}
