import { configureEventGridInput, eventGridStatus } from '@nexomatic/contracts/event-grid-api';
import { sourceRef } from '@nexomatic/contracts/source-api';
import { configureEventGrid } from '../sources/event-grid/configure.ts';
import { showEventGrid } from '../sources/event-grid/show-status.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['sources'];
const path = '/sources/{id}/event-grid' as const;

/** Sources that pull from Azure Event Grid. They are paused and resumed by `sources.disable` and `sources.enable`. */
export const eventGridRouter = router({
  get: tenantProcedure('definitions.read')
    .meta({
      openapi: { method: 'GET', path, operationId: 'getEventGrid', summary: 'Read how a source pulls', tags },
    })
    .input(sourceRef)
    .output(eventGridStatus)
    .query(({ ctx: { services, tenantId }, input }) => showEventGrid(services, tenantId, input.id)),

  configure: tenantProcedure('definitions.write')
    .meta({
      openapi: {
        ...{ method: 'PUT', path, operationId: 'configureEventGrid', tags },
        summary: 'Say what a source pulls from, and what it signs in with',
      },
    })
    .input(configureEventGridInput)
    .output(eventGridStatus)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => configureEventGrid(services, tenantId, actor, input)),
});
