import type { ParameterInput } from '@nexomatic/contracts/definition-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import { Parameter } from '@nexomatic/db/entities/parameter';
import type { EntityManager } from '@nexomatic/db/query';
import { jsonFaultOf } from '../ingress/json-fault.ts';

type Owner = { actionId: Id<'action'> } | { eventTypeId: Id<'eventType'> };

/** Makes the owner's parameters what the list says. */
export async function saveParameters(
  em: EntityManager,
  tenantId: Id<'tenant'>,
  owner: Owner,
  wanted: ParameterInput[],
): Promise<void> {
  checkParameters(wanted);
  const rows = new Map((await em.find(Parameter, owner)).map((row) => [row.key, row]));
  for (const [position, { key, kind, value }] of wanted.entries()) {
    const row = rows.get(key);
    if (row) em.assign(row, { kind, value, position });
    else em.persist(em.create(Parameter, { tenantId, id: newId('parameter'), ...owner, key, kind, value, position }));
    rows.delete(key);
  }
  for (const row of rows.values()) em.remove(row);
}

function checkParameters(wanted: ParameterInput[]): void {
  const seen = new Set<string>();
  const errors = wanted.flatMap(({ key, kind, value }, i) => {
    const at = `parameters[${i}]`;
    if (seen.has(key)) return [{ path: `${at}.key`, message: 'the same key stands above' }];
    seen.add(key);
    if (kind === 'STATIC') {
      const fault = jsonFaultOf(Buffer.from(value));
      return fault ? [{ path: `${at}.value`, message: `not JSON: ${fault}; text stands in double quotes` }] : [];
    }
    const what = kind === 'DATA' ? 'a key of the payload or a JSON Pointer' : 'the name of a secret';
    return value === '' ? [{ path: `${at}.value`, message: `name ${what}` }] : [];
  });
  if (errors.length > 0) throw new NexomaticError('unprocessable', 'A parameter does not fit; see errors.', { errors });
}

/** Parameters of many owners, in the order in which they were saved. */
export async function parametersOf<O extends 'actionId' | 'eventTypeId'>(
  em: EntityManager,
  owner: O,
  ids: string[],
): Promise<Map<string, ParameterInput[]>> {
  if (ids.length === 0) return new Map();
  const rows = await em.find(Parameter, { [owner]: { $in: ids } }, { orderBy: { position: 'asc', key: 'asc' } });
  const byOwner = Map.groupBy(rows, (row) => String(row[owner]));
  return new Map([...byOwner].map(([id, group]) => [id, group.map(({ key, kind, value }) => ({ key, kind, value }))]));
}
