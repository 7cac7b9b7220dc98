import { overview, overviewInput } from '@nexomatic/contracts/overview-api';
import { holds } from '../auth/authorize.ts';
import { showOverview } from '../overview/show-overview.ts';
import { router, tenantProcedure } from './procedure.ts';

/** What goes on in a tenant, in figures. */
export const overviewRouter = router({
  get: tenantProcedure('events.read')
    .meta({
      openapi: {
        method: 'GET',
        path: '/overview',
        operationId: 'getOverview',
        summary: 'Read the figures of the last hour, day or week, and what goes on now',
        tags: ['overview'],
      },
    })
    .input(overviewInput)
    .output(overview)
    .query(({ ctx: { services, tenantId, principal }, input: { range } }) =>
      showOverview(services, tenantId, { range, seesSinks: holds(principal, 'sinks.read') }),
    ),
});
