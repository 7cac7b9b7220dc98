import type { ParameterInput, Warning } from '@nexomatic/contracts/definition-api';
import { Secret } from '@nexomatic/db/entities/secret';
import type { EntityManager } from '@nexomatic/db/query';

/** SECRET parameters that name no secret of the tenant: their events would end before any code runs. */
export async function warnOfSecrets(em: EntityManager, parameters: ParameterInput[]): Promise<Warning[]> {
  const names = parameters.filter(({ kind }) => kind === 'SECRET').map(({ value }) => value);
  if (names.length === 0) return [];
  const known = new Set(
    (await em.find(Secret, { name: { $in: names } }, { fields: ['name'] })).map(({ name }) => name),
  );
  return parameters.flatMap(({ kind, value }, i): Warning[] =>
    kind !== 'SECRET' || known.has(value)
      ? []
      : [{ code: 'secret_missing', path: `parameters[${i}].value`, message: `there is no secret named ${value} yet` }],
  );
}
