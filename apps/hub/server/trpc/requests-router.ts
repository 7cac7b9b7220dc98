import {
  listenRequestsInput,
  listRequestsInput,
  listRequestsOutput,
  replayedRequest,
  requestDetail,
  requestRef,
} from '@nexomatic/contracts/request-api';
import { tracked } from '@trpc/server';
import { activityActor } from '../auth/actor.ts';
import { getRequest } from '../requests/get-request.ts';
import { listRequests } from '../requests/list-requests.ts';
import { listenRequests } from '../requests/listen-requests.ts';
import { replayRequest } from '../requests/replay-request.ts';
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

  replay: tenantProcedure('events.manage')
    .meta({
      openapi: {
        method: 'POST',
        path: '/requests/{id}/replay',
        operationId: 'replayRequest',
        summary: 'Send a kept request through the present routes of its source',
        tags,
      },
    })
    .input(requestRef)
    .output(replayedRequest)
    .mutation(({ ctx: { services, tenantId, actor, idempotencyKey }, input }) =>
      replayRequest(services, { tenantId, id: input.id, by: activityActor(actor), idempotencyKey }),
    ),

  /** Requests that come to a source from now on. */
  listen: tenantProcedure('events.read')
    .input(listenRequestsInput)
    .subscription(async function* ({
      ctx: { services, tenantId },
      input: { source, lastEventId },
      signal = new AbortController().signal,
    }) {
      const after = lastEventId ?? null;
      for await (const request of listenRequests(services, tenantId, { source, after }, signal)) {
        yield tracked(request.id, request);
      }
    }),
});
