import { type GrantSink, mostGrantedSinks } from '@nexomatic/contracts/end-to-end-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { SavedSecret } from '@nexomatic/contracts/secret-api';
import type { Secret } from '@nexomatic/db/entities/secret';
import { SecretBox } from '@nexomatic/db/entities/secret-box';
import type { EntityManager } from '@nexomatic/db/query';
import { recordAudit } from '../../audit/record-audit.ts';
import type { Actor } from '../../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../../definitions/change-definition.ts';
import { noSink } from '../../sinks/read-sinks.ts';
import { lockSecret, savedSecret } from '../set-value.ts';
import { hasKeys, type KeyedSink, keylessFault } from './expect-same-sinks.ts';
import { shownSealKey } from './granted-sinks.ts';
import { lockSinks } from './lock-sinks.ts';

/**
 * Lets another sink have the value of an end-to-end secret, by the key whose fingerprint somebody has compared. A sink that has
 * the value shares it; the hub can't.
 */
export function grantSink(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, sinkId, fingerprint }: GrantSink,
): Promise<SavedSecret> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await lockSecret(em, id);
    expectEndToEnd(row);
    const [sink] = await lockSinks(em, [sinkId]);
    if (!sink) throw noSink(sinkId);
    if (!hasKeys(sink)) throw new NexomaticError('unprocessable', `It can not be granted: ${keylessFault(sink)}.`);
    expectCompared(sink, fingerprint);
    if (await approve(em, row, sink, actor, deps.clock.now())) {
      recordAudit(em, tenantId, actor, {
        action: 'secret.sink_granted',
        object: { kind: 'secret', id, name: row.name },
        before: null,
        after: { sink: sink.name, fingerprint: shownSealKey(sink.boxKey).fingerprint },
      });
      await em.flush();
    }
    return savedSecret(deps, em, row);
  });
}

/** Refuses what is about the sinks of a secret that has none of its own. */
export function expectEndToEnd({ name, endToEnd }: Secret): void {
  if (endToEnd) return;
  const detail = `${name} is not end-to-end: the hub gives it to every sink of the types that it is granted to.`;
  throw new NexomaticError('unprocessable', detail);
}

/** Who compared another fingerprint than the key has would let in whoever put the key there. */
function expectCompared({ id, name, boxKey }: KeyedSink, fingerprint: string): void {
  const shown = shownSealKey(boxKey);
  const plain = (text: string): string => text.replaceAll(/\s/g, '').toLowerCase();
  if (plain(fingerprint) === plain(shown.fingerprint)) return;
  const detail = `The key of the sink ${name} has another fingerprint than the one that was compared; compare the one in \`sealSinks\` with what \`nexomatic-sink status\` shows on its machine.`;
  throw new NexomaticError('seal_key_changed', detail, { sealSinks: [{ id, name, ...shown }] });
}

/** False where that key was approved before. What was sealed to another key goes. */
async function approve(
  em: EntityManager,
  { tenantId, id: secretId, name }: Secret,
  { id: sinkId, boxKey }: KeyedSink,
  actor: Actor,
  now: number,
): Promise<boolean> {
  const others = await em.find(SecretBox, { secretId }, { exclude: ['box', 'nextBox'] });
  const before = others.find((one) => one.sinkId === sinkId);
  if (before && Buffer.compare(before.boxKey, boxKey) === 0) return false;
  if (!before && others.length >= mostGrantedSinks) {
    throw new NexomaticError('unprocessable', `${name} is granted to ${mostGrantedSinks} sinks; no more are taken.`);
  }
  const approved = { boxKey, approvedBy: actor.name.slice(0, 200), approvedAt: new Date(now) };
  const unsealed = { version: null, box: null, sealedAt: null, nextKey: null, nextBox: null };
  if (before) await em.nativeUpdate(SecretBox, { secretId, sinkId }, { ...approved, ...unsealed });
  else em.persist(em.create(SecretBox, { tenantId, secretId, sinkId, ...approved }));
  return true;
}
