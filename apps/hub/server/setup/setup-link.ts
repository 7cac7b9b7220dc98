import type { Clock } from '@nexomatic/clock';
import type { Database } from '@nexomatic/db/database';
import { InstanceSetting } from '@nexomatic/db/entities/instance-setting';
import { User } from '@nexomatic/db/entities/user';
import { type EntityManager, UniqueConstraintViolationException } from '@nexomatic/db/query';
import type { Logger } from '@nexomatic/logger';
import { hashToken, newToken } from '../auth/tokens.ts';

/** A setup link stands in a log, where others may read it: it lives just long enough to be found there. */
export const setupLinkMs = 3_600_000;
const name = 'setup_token';

interface Deps {
  db: Database;
  clock: Clock;
  env: { publicUrl: string };
}

/** Makes the link by which the first person sets the hub up; an earlier one stops working. Null once there are people. */
export async function createSetupLink({ db, clock, env }: Deps): Promise<string | null> {
  const { token, value } = newSetupToken(clock);
  // The installation's own settings and people belong to no tenant.
  return db.systemEm().transactional(async (em) => {
    if (await hasPeople(em)) return null;
    await em.nativeDelete(InstanceSetting, { name });
    await em.persist(em.create(InstanceSetting, { name, value })).flush();
    return urlOf(env, token);
  });
}

/** At boot: says how to set a hub up that nobody has. Of several hubs, one prints a link; a link that still works is not replaced. */
export async function announceSetup({ db, clock, env, logger }: Deps & { logger: Logger }): Promise<void> {
  // See above.
  const em = db.systemEm();
  if (await hasPeople(em)) return;
  const anew = 'node apps/hub/server/main.ts setup-link prints a new link';
  const { token, value } = newSetupToken(clock);
  if (await insertIfNoneIsValid(em, clock, value)) {
    logger.warn({ setupUrl: urlOf(env, token), validMinutes: setupLinkMs / 60_000, anew }, 'setup.needed');
  } else logger.warn({ anew }, 'setup.link_printed_before');
}

async function insertIfNoneIsValid(em: EntityManager, clock: Clock, value: string): Promise<boolean> {
  const stored = await em.findOne(InstanceSetting, { name });
  if (stored && expiryOf(stored.value) > clock.now()) return false;
  if (stored) await em.nativeDelete(InstanceSetting, { name, value: stored.value });
  em.clear();
  try {
    await em.persist(em.create(InstanceSetting, { name, value })).flush();
    return true;
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) return false;
    throw error;
  }
}

/** Whether the link can be used: `done` when there are people already, `closed` when it is expired, replaced or not ours. */
export async function readSetupLink(
  { db, clock }: Omit<Deps, 'env'>,
  token: string,
): Promise<'open' | 'closed' | 'done'> {
  // See above.
  const em = db.systemEm();
  if (await hasPeople(em)) return 'done';
  const stored = await em.findOne(InstanceSetting, { name });
  return stored && opens(stored.value, token, clock) ? 'open' : 'closed';
}

/** Uses the link up, within the transaction that sets the hub up; false if it can not be used (any more). */
export async function useSetupLink(em: EntityManager, clock: Clock, token: string): Promise<boolean> {
  const stored = await em.findOne(InstanceSetting, { name });
  if (!stored || !opens(stored.value, token, clock)) return false;
  // Of two who come at once the second waits here for the first, and then deletes nothing.
  if ((await em.nativeDelete(InstanceSetting, { name, value: stored.value })) === 0) return false;
  return !(await hasPeople(em));
}

/** Whether anybody has an account here. */
export const hasPeople = async (em: EntityManager): Promise<boolean> =>
  (await em.find(User, {}, { fields: ['id'], limit: 1 })).length > 0;

function newSetupToken(clock: Clock): { token: string; value: string } {
  const token = newToken('setup');
  return { token, value: `${hashToken(token).toString('hex')} ${clock.now() + setupLinkMs}` };
}

const expiryOf = (value: string): number => Number(value.split(' ')[1]);
const opens = (value: string, token: string, clock: Clock): boolean =>
  value.split(' ')[0] === hashToken(token).toString('hex') && expiryOf(value) > clock.now();
const urlOf = ({ publicUrl }: Deps['env'], token: string): string => `${publicUrl}/setup?token=${token}`;
