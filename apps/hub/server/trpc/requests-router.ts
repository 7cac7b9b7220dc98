import { listRequestsInput, listRequestsOutput, requestDetail, requestRef } from '@nexomatic/contracts/request-api';
import { getRequest } from '../requests/get-request.ts';
import { listRequests } from '../requests/list-requests.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['requests'];

/** What came to sources, what became of it and why. */
export const requestsRouter = router({
  list: tenantProcedure('events.read')
    .meta({
      openapi: { method: 'GET', path: '/requests', operationId: 'listRequests', summary: 'List requests', tags },
    })
    .input(listRequestsInput)
    .output(listRequestsOutput)
    .query(({ ctx: { services, tenantId }, input }) => listRequests(services, tenantId, input)),

  get: tenantProcedure('events.read')
    .meta({
      openapi: { method: 'GET', path: '/requests/{id}', operationId: 'getRequest', summary: 'Read one request', tags },
    })
    .input(requestRef)
    .output(requestDetail)
    .query(({ ctx: { services, tenantId }, input }) => getRequest(services, tenantId, input.id)),
});
