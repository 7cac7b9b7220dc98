import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { ListSecrets, SecretList, SecretSummary } from '@nexomatic/contracts/secret-api';
import type { Database } from '@nexomatic/db/database';
import { Secret } from '@nexomatic/db/entities/secret';
import type { EntityManager, LockMode } from '@nexomatic/db/query';
import { lostSecrets } from './end-to-end/lost-secrets.ts';
import { cutSecrets, pageOfSecrets } from './page-of-secrets.ts';
import { whereState } from './secret-state.ts';
import { missingNames } from './secret-users.ts';
import { showSecret, showSecrets } from './show-secrets.ts';

interface Deps {
  db: Database;
  clock: Clock;
}

/** A page of a tenant's Secrets store, and the names that it lacks. */
export async function listSecrets(
  { db, clock }: Deps,
  tenantId: Id<'tenant'>,
  { state, endToEnd, ...input }: ListSecrets,
): Promise<SecretList> {
  const em = db.tenantEm(tenantId);
  const mayLack = endToEnd === undefined && (state === undefined || state === 'missing');
  const wantsMissing = input.cursor === undefined && mayLack;
  const missing = wantsMissing ? await missingNames(em, input.search) : [];
  if (state === 'missing') return { secrets: [], missing, nextCursor: null };
  const now = clock.now();
  const { where, options } = pageOfSecrets(input);
  const ofKind = endToEnd === undefined ? [] : [{ endToEnd }];
  const conditions = [...where, ...ofKind, ...(state ? whereState(state, now, await lostSecrets(em)) : [])];
  const { page, nextCursor } = cutSecrets(await em.find(Secret, { $and: conditions }, options), input);
  return { secrets: await showSecrets(em, page, now), missing, nextCursor };
}

/** Everything about one secret but its value. */
export async function getSecret({ db, clock }: Deps, tenantId: Id<'tenant'>, id: Id<'secret'>): Promise<SecretSummary> {
  const em = db.tenantEm(tenantId);
  return showSecret(em, await findSecret(em, id), clock.now());
}

/** The secret, or the refusal for one that this tenant does not have. */
export async function findSecret(em: EntityManager, id: Id<'secret'>, lockMode?: LockMode): Promise<Secret> {
  const row = await em.findOne(Secret, { id }, lockMode ? { lockMode, refresh: true } : {});
  if (!row) throw new NexomaticError('not_found', `There is no secret ${id} here.`);
  return row;
}
