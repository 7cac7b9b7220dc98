import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { EventTypeBody } from '@nexomatic/contracts/event-type-api';
import { Action } from '@nexomatic/db/entities/action';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import type { EntityManager } from '@nexomatic/db/query';
import { schemaFaults } from './payload-check.ts';

/** Refuses what could never be fired or run; what may go wrong later is warned of instead. */
export async function refuseBody(em: EntityManager, body: EventTypeBody): Promise<void> {
  const errors = [
    ...((await em.count(SinkType, { id: body.sinkTypeId })) > 0
      ? []
      : [{ path: 'sinkTypeId', message: 'no sink type has this id' }]),
    ...((await em.count(Action, { id: body.actionId })) > 0
      ? []
      : [{ path: 'actionId', message: 'no action has this id' }]),
    ...schemaErrors(body.payloadSchema),
    ...repeatedKeys(body.searchKeys),
  ];
  if (errors.length === 0) return;
  throw new NexomaticError('unprocessable', 'The event type does not fit; see errors.', { errors });
}

/** The faults of a schema as errors of the field that it is. */
export function schemaErrors(schema: string | null): { path: string; message: string }[] {
  const faults = schema === null ? [] : schemaFaults(schema);
  return faults.map(({ path, message }) => ({
    path: 'payloadSchema',
    message: path === '' ? message : `${path} ${message}`,
  }));
}

const repeatedKeys = (keys: string[]) =>
  keys.flatMap((key, i) =>
    keys.indexOf(key) < i ? [{ path: `searchKeys[${i}]`, message: 'the same path stands above' }] : [],
  );
