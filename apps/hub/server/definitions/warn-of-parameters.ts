import type { ParameterInput, Warning } from '@nexomatic/contracts/definition-api';
import type { Id } from '@nexomatic/contracts/id';
import { isGranted, readGrants } from '@nexomatic/contracts/secret-grants';
import { Secret } from '@nexomatic/db/entities/secret';
import type { EntityManager } from '@nexomatic/db/query';
import { sinksWithout } from '../secrets/end-to-end/sinks-without.ts';

/** An event type whose attempts will ask for the secrets. */
export interface SecretAsker {
  /** Null while it is not made. */
  eventTypeId: Id<'eventType'> | null;
  sinkTypeId: Id<'sinkType'>;
  /** As the warning names it: `this event type`. */
  name: string;
}

/** SECRET parameters whose secret is missing, has no value, or is not for those who will ask: their events would end before any code runs. */
export async function warnOfSecrets(
  em: EntityManager,
  parameters: ParameterInput[],
  askers: SecretAsker[],
  pathOf = (at: number): string => `parameters[${at}].value`,
): Promise<Warning[]> {
  const names = parameters.filter(({ kind }) => kind === 'SECRET').map(({ value }) => value);
  if (names.length === 0) return [];
  const known = new Map((await em.find(Secret, { name: { $in: names } })).map((row) => [row.name, row]));
  const types = [...new Set(askers.map(({ sinkTypeId }) => sinkTypeId))];
  const without = new Map<string, string[]>();
  for (const row of known.values()) without.set(row.name, await sinksWithout(em, row, types));
  return parameters.flatMap(({ kind, value }, at): Warning[] => {
    if (kind !== 'SECRET') return [];
    const warning = warningOf(known.get(value), value, askers) ?? warningOfSinks(value, without.get(value) ?? []);
    return warning ? [{ ...warning, path: pathOf(at) }] : [];
  });
}

function warningOfSinks(name: string, sinks: string[]): Omit<Warning, 'path'> | null {
  if (sinks.length === 0) return null;
  const message = `the secret ${name} is end-to-end and not there on ${listed(sinks)}: events end as errors on these`;
  return { code: 'secret_not_granted', message };
}

function warningOf(secret: Secret | undefined, name: string, askers: SecretAsker[]): Omit<Warning, 'path'> | null {
  if (!secret) return { code: 'secret_missing', message: `there is no secret named ${name} yet` };
  if (secret.valueVersion === 0) {
    return { code: 'secret_without_value', message: `the secret ${name} has no value yet` };
  }
  const grants = readGrants(secret.grants);
  const refused = askers.filter((asker) => !isGranted(grants, asker)).map((asker) => asker.name);
  if (refused.length === 0) return null;
  return { code: 'secret_not_granted', message: `the secret ${name} is not granted to ${listed(refused)}` };
}

const mostListed = 3;
const listed = (names: string[]): string =>
  names.length > mostListed
    ? `${names.slice(0, mostListed).join(', ')} and ${names.length - mostListed} more`
    : names.join(', ');
