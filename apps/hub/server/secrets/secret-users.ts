import type { SecretSummary } from '@nexomatic/contracts/secret-api';
import { Action } from '@nexomatic/db/entities/action';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Parameter } from '@nexomatic/db/entities/parameter';
import { Secret } from '@nexomatic/db/entities/secret';
import type { EntityManager } from '@nexomatic/db/query';

type Users = SecretSummary['usedBy'];

/** The event types and actions whose parameters name each secret. */
export async function usersOf(em: EntityManager, names: string[]): Promise<Map<string, Users>> {
  if (names.length === 0) return new Map();
  return groupUsers(em, await em.find(Parameter, { kind: 'SECRET', value: { $in: names } }));
}

/** Names that parameters refer to and no secret has, with those who refer to them. */
export async function missingNames(em: EntityManager, search = ''): Promise<{ name: string; usedBy: Users }[]> {
  const parameters = await em.find(Parameter, { kind: 'SECRET' });
  const names = [...new Set(parameters.map(({ value }) => value))];
  const known = new Set(
    (await em.find(Secret, { name: { $in: names } }, { fields: ['name'] })).map(({ name }) => name),
  );
  const asked = (name: string) => !known.has(name) && name.includes(search);
  const users = await groupUsers(
    em,
    parameters.filter(({ value }) => asked(value)),
  );
  return [...users].map(([name, usedBy]) => ({ name, usedBy })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function groupUsers(em: EntityManager, parameters: Parameter[]): Promise<Map<string, Users>> {
  const owners = [
    ...(await em.find(EventType, { id: { $in: parameters.flatMap((one) => one.eventTypeId ?? []) } })),
    ...(await em.find(Action, { id: { $in: parameters.flatMap((one) => one.actionId ?? []) } })),
  ];
  const bySecret = Map.groupBy(parameters, ({ value }) => value);
  return new Map(
    [...bySecret].map(([secret, group]) => {
      const using = new Set(group.map((one) => one.eventTypeId ?? one.actionId));
      return [secret, owners.filter(({ id }) => using.has(id)).map(({ id, name }) => ({ id, name }))];
    }),
  );
}
