import {
  bufferOverview,
  listDeadLettersInput,
  listDeadLettersOutput,
  settleDeadLettersInput,
  settledDeadLetters,
} from '@nexomatic/contracts/request-api';
import * as z from 'zod';
import { listDeadLetters } from '../buffer/list-dead-letters.ts';
import { readBuffer } from '../buffer/read-buffer.ts';
import { settleDeadLetters } from '../buffer/settle-dead-letters.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['sources'];

/** Requests that the edge holds, because the hub could not have them when they came. */
export const bufferRouter = router({
  overview: tenantProcedure('definitions.read')
    .meta({
      openapi: {
        method: 'GET',
        path: '/buffer',
        operationId: 'readBuffer',
        summary: 'Read what waits at the edge',
        tags,
      },
    })
    .input(z.strictObject({}))
    .output(bufferOverview)
    .query(({ ctx: { services, tenantId } }) => readBuffer(services, tenantId)),

  deadLetters: tenantProcedure('events.read')
    .meta({
      openapi: {
        method: 'GET',
        path: '/sources/{source}/dead-letters',
        operationId: 'listDeadLetters',
        summary: 'List requests that were held and could not be delivered',
        tags,
      },
    })
    .input(listDeadLettersInput)
    .output(listDeadLettersOutput)
    .query(({ ctx: { services, tenantId }, input }) => listDeadLetters(services, tenantId, input)),

  settle: tenantProcedure('events.manage')
    .meta({
      openapi: {
        method: 'POST',
        path: '/sources/{source}/dead-letters/settle',
        operationId: 'settleDeadLetters',
        summary: 'Deliver such requests again, or throw them away',
        tags,
      },
    })
    .input(settleDeadLettersInput)
    .output(settledDeadLetters)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => settleDeadLetters(services, tenantId, actor, input)),
});
