import type { Id } from '@nexomatic/contracts/id';
import { isGranted, readGrants } from '@nexomatic/contracts/secret-grants';
import { findHolders, type Holder } from '@nexomatic/db/ledger/secret-boxes';
import { findSecretsByName, type KnownSecret } from '@nexomatic/db/ledger/secrets';
import type { SqlRunner } from '@nexomatic/db/sql';
import type { ParameterDefinition } from '../definitions/definitions.ts';

/** Who wants to use a secret: an event of that type, on a sink of that type. */
export interface SecretUser {
  eventTypeId: Id<'eventType'>;
  sinkTypeId: Id<'sinkType'>;
  /** Null where it may be any of its type. */
  sinkId: Id<'sink'> | null;
}

/**
 * Whether a parameter may use a secret just now. One that has no value is as good as none.
 *
 * - `lost`: it is end-to-end, and no sink has its value any more.
 * - `elsewhere`: it is end-to-end, and only the sinks of these names have it.
 */
export type SecretStanding =
  | { kind: 'usable'; version: number }
  | { kind: 'missing' }
  | { kind: 'not_granted' }
  | { kind: 'lost' }
  | { kind: 'elsewhere'; sinks: string[] };

/** How secrets stand for whoever wants to use them, by name. */
export type SecretStandings = (user: SecretUser) => (name: string) => SecretStanding;

/** The secrets that parameters name. */
export const secretNames = (parameters: ParameterDefinition[]): string[] =>
  parameters.filter(({ kind }) => kind === 'SECRET').map(({ value }) => value);

/** Looks up how these secrets of a tenant stand: by one statement, by none where there are no names, and by two where some are end-to-end. */
export async function secretStandings(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  names: string[],
): Promise<SecretStandings> {
  const found = names.length > 0 ? await findSecretsByName(sql, tenantId, [...new Set(names)]) : [];
  const byName = new Map(found.map((secret) => [secret.name, secret]));
  const endToEnd = found.flatMap((secret) => (secret.endToEnd ? secret.id : []));
  const holders = await findHolders(sql, tenantId, endToEnd);
  return (user) => (name) => standingOf(byName.get(name), user, holders);
}

/** How a secret that was looked up, if there is one, stands for its user; `holders` have those that are end-to-end. */
export function standingOf(secret: KnownSecret | undefined, user: SecretUser, holders: Holder[]): SecretStanding {
  if (!secret || secret.valueVersion === 0) return { kind: 'missing' };
  if (!isGranted(readGrants(secret.grants), user)) return { kind: 'not_granted' };
  const usable = { kind: 'usable' as const, version: secret.valueVersion };
  if (!secret.endToEnd) return usable;
  const having = holders.filter(({ secretId }) => secretId === secret.id);
  const isUser = ({ sinkId, sinkTypeId }: Holder): boolean =>
    user.sinkId === null ? sinkTypeId === user.sinkTypeId : sinkId === user.sinkId;
  if (having.some(isUser)) return usable;
  return having.length > 0 ? { kind: 'elsewhere', sinks: having.map(({ sinkName }) => sinkName) } : { kind: 'lost' };
}
