import { findObjectsInput, foundObjects } from '@nexomatic/contracts/object-api';
import { holds } from '../auth/authorize.ts';
import { findObjects } from '../objects/find-objects.ts';
import { router, tenantProcedure } from './procedure.ts';

/** Things of a tenant, whatever they are. */
export const objectsRouter = router({
  find: tenantProcedure('definitions.read')
    .meta({
      openapi: {
        method: 'GET',
        path: '/objects',
        operationId: 'findObjects',
        summary: 'Find event types, actions, sources, schedules, sinks and secrets by name',
        tags: ['objects'],
      },
    })
    .input(findObjectsInput)
    .output(foundObjects)
    .query(({ ctx: { services, tenantId, principal }, input: { text } }) =>
      findObjects(services, tenantId, { text, holds: (permission) => holds(principal, permission) }),
    ),
});
