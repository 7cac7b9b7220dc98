import {
  apiTokenRef,
  createApiTokenInput,
  createdApiToken,
  listApiTokensInput,
  listApiTokensOutput,
} from '@nexomatic/contracts/api-token-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import * as z from 'zod';
import { createApiToken } from '../api-tokens/create-api-token.ts';
import { listApiTokens } from '../api-tokens/list-api-tokens.ts';
import { revokeApiToken } from '../api-tokens/revoke-api-token.ts';
import { holds } from '../auth/authorize.ts';
import { router, tenantProcedure } from './procedure.ts';

const write = tenantProcedure('tokens.write');

/** Programs' keys to the tenant. */
export const apiTokensRouter = router({
  list: write
    .input(listApiTokensInput)
    .output(listApiTokensOutput)
    .query(({ ctx: { services, tenantId }, input }) => listApiTokens(services, tenantId, input)),

  create: write
    .input(createApiTokenInput)
    .output(createdApiToken)
    .mutation(({ ctx: { services, tenantId, actor, principal }, input }) => {
      if (principal.kind !== 'user') throw new NexomaticError('forbidden', 'Only people make tokens.');
      const maker = { actor, userId: principal.userId, holds: holds.bind(null, principal) };
      return createApiToken(services, tenantId, maker, input);
    }),

  revoke: write
    .input(apiTokenRef)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor }, input }) => revokeApiToken(services, tenantId, actor, input.id)),
});
