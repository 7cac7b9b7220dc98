import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { Secret } from '@nexomatic/db/entities/secret';
import { SecretBox } from '@nexomatic/db/entities/secret-box';
import type { Sink } from '@nexomatic/db/entities/sink';
import { type EntityManager, LockMode } from '@nexomatic/db/query';
import { grantedSinks } from './granted-sinks.ts';

/**
 * Refuses what would lose the values of secrets for good, because that sink is the last that has them. Called before anything
 * else is locked: of two who take the last two sinks at the same time, the second has to see what the first did.
 */
export async function expectNoLoss(
  em: EntityManager,
  { id: sinkId, name }: Pick<Sink, 'id' | 'name'>,
  of?: Id<'secret'>[],
): Promise<void> {
  const held = of ?? (await secretsOf(em, sinkId));
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;
  const secrets = held.length > 0 ? await em.find(Secret, { id: { $in: held } }, lock) : [];
  const granted = await grantedSinks(em, held);
  const lost = secrets.filter((secret) => {
    const ready = (granted.get(secret.id) ?? []).filter(({ state }) => state === 'ready');
    return ready.length === 1 && ready[0]?.id === sinkId;
  });
  if (lost.length === 0) return;
  const references = lost.map((secret) => ({ id: secret.id, name: secret.name, how: 'would lose its value' }));
  const names = lost.map((secret) => secret.name).join(', ');
  const detail = `The sink ${name} is the last that has the value of ${names}: it would be lost, and have to be set again. Grant it to another sink first, or confirm the loss.`;
  throw new NexomaticError('in_use', detail, { references });
}

const secretsOf = async (em: EntityManager, sinkId: Id<'sink'>): Promise<Id<'secret'>[]> =>
  (await em.find(SecretBox, { sinkId }, { fields: ['secretId'] })).map(({ secretId }) => secretId);
