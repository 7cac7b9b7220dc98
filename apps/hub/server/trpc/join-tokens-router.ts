import {
  createdJoinToken,
  createJoinTokenInput,
  joinTokenDetail,
  joinTokenRef,
  listJoinTokensInput,
  listJoinTokensOutput,
} from '@nexomatic/contracts/join-token-api';
import * as z from 'zod';
import { createJoinToken } from '../sinks/join-tokens/create-join-token.ts';
import { getJoinToken, listJoinTokens } from '../sinks/join-tokens/read-join-tokens.ts';
import { revokeJoinToken } from '../sinks/join-tokens/revoke-join-token.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['sinks'];
const write = tenantProcedure('sinks.write');

/** What machines are let in by as new sinks. */
export const joinTokensRouter = router({
  list: write
    .meta({
      openapi: {
        method: 'GET',
        path: '/join-tokens',
        operationId: 'listJoinTokens',
        summary: 'List join tokens',
        tags,
      },
    })
    .input(listJoinTokensInput)
    .output(listJoinTokensOutput)
    .query(({ ctx: { services, tenantId }, input }) => listJoinTokens(services, tenantId, input)),

  get: write
    .meta({
      openapi: {
        method: 'GET',
        path: '/join-tokens/{id}',
        operationId: 'getJoinToken',
        summary: 'Read one join token and who joined with it',
        tags,
      },
    })
    .input(joinTokenRef)
    .output(joinTokenDetail)
    .query(({ ctx: { services, tenantId }, input }) => getJoinToken(services, tenantId, input.id)),

  create: write
    .meta({
      openapi: {
        method: 'POST',
        path: '/join-tokens',
        operationId: 'createJoinToken',
        summary: 'Make a join token for one sink or many',
        tags,
      },
    })
    .input(createJoinTokenInput)
    .output(createdJoinToken)
    .mutation(({ ctx: { services, tenantId, actor, principal }, input }) => {
      const userId = principal.kind === 'user' ? principal.userId : null;
      return createJoinToken(services, tenantId, { actor, userId }, input);
    }),

  revoke: write
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/join-tokens/{id}',
        operationId: 'revokeJoinToken',
        summary: 'Revoke a join token',
        tags,
      },
    })
    .input(joinTokenRef)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor }, input }) => revokeJoinToken(services, tenantId, actor, input.id)),
});
