import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { SecretSummary } from '@nexomatic/contracts/secret-api';
import type { Database } from '@nexomatic/db/database';
import { Action } from '@nexomatic/db/entities/action';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Parameter } from '@nexomatic/db/entities/parameter';
import { Secret } from '@nexomatic/db/entities/secret';
import type { EntityManager } from '@nexomatic/db/query';
import { cutPage, type NamedPageInput, namedPage } from '../definitions/page-by-name.ts';

interface Deps {
  db: Database;
}

/** A page of the names in a tenant's Secrets store. */
export async function listSecrets({ db }: Deps, tenantId: Id<'tenant'>, input: NamedPageInput) {
  const em = db.tenantEm(tenantId);
  const { where, options } = namedPage(input);
  const { page, nextCursor } = cutPage(await em.find(Secret, where, options), input);
  return { secrets: await showSecrets(em, page), nextCursor };
}

export async function getSecret({ db }: Deps, tenantId: Id<'tenant'>, id: Id<'secret'>): Promise<SecretSummary> {
  const em = db.tenantEm(tenantId);
  return showSecret(em, await findSecret(em, id));
}

/** The secret, or the refusal for one that this tenant does not have. */
export async function findSecret(em: EntityManager, id: Id<'secret'>): Promise<Secret> {
  const row = await em.findOne(Secret, { id });
  if (!row) throw new NexomaticError('not_found', `There is no secret ${id} here.`);
  return row;
}

export async function showSecret(em: EntityManager, row: Secret): Promise<SecretSummary> {
  const [shown] = await showSecrets(em, [row]);
  if (!shown) throw new Error('one secret was to be shown');
  return shown;
}

async function showSecrets(em: EntityManager, rows: Secret[]): Promise<SecretSummary[]> {
  const users = await usersOf(
    em,
    rows.map(({ name }) => name),
  );
  return rows.map((row) => ({
    id: row.id,
    ...secretBodyOf(row),
    usedBy: users.get(row.name) ?? [],
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }));
}

/** The event types and actions whose parameters name each secret. */
async function usersOf(em: EntityManager, names: string[]): Promise<Map<string, SecretSummary['usedBy']>> {
  if (names.length === 0) return new Map();
  const parameters = await em.find(Parameter, { kind: 'SECRET', value: { $in: names } });
  const owners = [
    ...(await em.find(EventType, { id: { $in: parameters.flatMap((one) => one.eventTypeId ?? []) } })),
    ...(await em.find(Action, { id: { $in: parameters.flatMap((one) => one.actionId ?? []) } })),
  ];
  return new Map(
    names.map((secret) => {
      const using = parameters.filter(({ value }) => value === secret).map((one) => one.eventTypeId ?? one.actionId);
      return [secret, owners.filter(({ id }) => using.includes(id)).map(({ id, name }) => ({ id, name }))];
    }),
  );
}

/** The part of a secret that a save changes and the audit log shows. */
export const secretBodyOf = ({ name, description }: Secret) => ({ name, description });
