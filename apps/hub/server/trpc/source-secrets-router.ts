import {
  addedSourceSecret,
  addSourceSecretInput,
  listSourceSecretsInput,
  listSourceSecretsOutput,
  retireSourceSecretInput,
  sourceSecretRef,
  sourceSecretSummary,
} from '@nexomatic/contracts/request-api';
import * as z from 'zod';
import { addSourceSecret } from '../sources/secrets/add-secret.ts';
import { retireSourceSecret, revokeSourceSecret } from '../sources/secrets/end-secret.ts';
import { listSourceSecrets } from '../sources/secrets/read-secrets.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['sources'];
const write = tenantProcedure('secrets.write');

/** What senders prove themselves to a webhook with. */
export const sourceSecretsRouter = router({
  list: tenantProcedure('secrets.read')
    .meta({
      openapi: {
        method: 'GET',
        path: '/sources/{source}/secrets',
        operationId: 'listSourceSecrets',
        summary: 'List the secrets that a source accepts, without their values',
        tags,
      },
    })
    .input(listSourceSecretsInput)
    .output(listSourceSecretsOutput)
    .query(({ ctx: { services, tenantId }, input }) => listSourceSecrets(services, tenantId, input.source)),

  add: write
    .meta({
      openapi: {
        method: 'POST',
        path: '/sources/{source}/secrets',
        operationId: 'addSourceSecret',
        summary: 'Give a source another secret',
        tags,
      },
    })
    .input(addSourceSecretInput)
    .output(addedSourceSecret)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => addSourceSecret(services, tenantId, actor, input)),

  retire: write
    .meta({
      openapi: {
        method: 'POST',
        path: '/sources/{source}/secrets/{id}/retire',
        operationId: 'retireSourceSecret',
        summary: 'Accept a secret for some hours more',
        tags,
      },
    })
    .input(retireSourceSecretInput)
    .output(sourceSecretSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => retireSourceSecret(services, tenantId, actor, input)),

  revoke: write
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/sources/{source}/secrets/{id}',
        operationId: 'revokeSourceSecret',
        summary: 'Accept a secret no longer',
        tags,
      },
    })
    .input(sourceSecretRef)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor }, input }) => revokeSourceSecret(services, tenantId, actor, input)),
});
