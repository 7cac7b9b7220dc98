import type { Id } from '@nexomatic/contracts/id';
import { isGranted, readGrants } from '@nexomatic/contracts/secret-grants';
import { findSecretsByName, type KnownSecret } from '@nexomatic/db/ledger/secrets';
import type { SqlRunner } from '@nexomatic/db/sql';
import type { ParameterDefinition } from '../definitions/definitions.ts';

/** Who wants to use a secret: an event of that type, on a sink of that type. */
export interface SecretUser {
  eventTypeId: Id<'eventType'>;
  sinkTypeId: Id<'sinkType'>;
}

/** Whether a parameter may use a secret just now. One that has no value is as good as none. */
export type SecretStanding = { kind: 'usable'; version: number } | { kind: 'missing' } | { kind: 'not_granted' };

/** How secrets stand for whoever wants to use them, by name. */
export type SecretStandings = (user: SecretUser) => (name: string) => SecretStanding;

/** The secrets that parameters name. */
export const secretNames = (parameters: ParameterDefinition[]): string[] =>
  parameters.filter(({ kind }) => kind === 'SECRET').map(({ value }) => value);

/** Looks up how these secrets of a tenant stand, by one statement, and by none where there are no names. */
export async function secretStandings(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  names: string[],
): Promise<SecretStandings> {
  const found = names.length > 0 ? await findSecretsByName(sql, tenantId, [...new Set(names)]) : [];
  const byName = new Map(found.map((secret) => [secret.name, secret]));
  return (user) => (name) => standingOf(byName.get(name), user);
}

/** How a secret that was looked up, if there is one, stands for its user. */
export function standingOf(secret: KnownSecret | undefined, user: SecretUser): SecretStanding {
  if (!secret || secret.valueVersion === 0) return { kind: 'missing' };
  return isGranted(readGrants(secret.grants), user)
    ? { kind: 'usable', version: secret.valueVersion }
    : { kind: 'not_granted' };
}
