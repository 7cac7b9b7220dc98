import {
  createSecretInput,
  listSecretsInput,
  listSecretsOutput,
  secretRef,
  secretSummary,
  updateSecretInput,
} from '@nexomatic/contracts/secret-api';
import * as z from 'zod';
import { deleteSecret } from '../secrets/delete-secret.ts';
import { getSecret, listSecrets } from '../secrets/read-secrets.ts';
import { createSecret, updateSecret } from '../secrets/save-secret.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['secrets'];
const read = tenantProcedure('secrets.read');
const write = tenantProcedure('secrets.write');

/** Names in the Secrets store. */
export const secretsRouter = router({
  list: read
    .meta({ openapi: { method: 'GET', path: '/secrets', operationId: 'listSecrets', summary: 'List secrets', tags } })
    .input(listSecretsInput)
    .output(listSecretsOutput)
    .query(({ ctx: { services, tenantId }, input }) => listSecrets(services, tenantId, input)),

  get: read
    .meta({
      openapi: { method: 'GET', path: '/secrets/{id}', operationId: 'getSecret', summary: 'Read one secret', tags },
    })
    .input(secretRef)
    .output(secretSummary)
    .query(({ ctx: { services, tenantId }, input }) => getSecret(services, tenantId, input.id)),

  create: write
    .meta({
      openapi: { method: 'POST', path: '/secrets', operationId: 'createSecret', summary: 'Name a secret', tags },
    })
    .input(createSecretInput)
    .output(secretSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => createSecret(services, tenantId, actor, input)),

  update: write
    .meta({
      openapi: {
        method: 'PUT',
        path: '/secrets/{id}',
        operationId: 'updateSecret',
        summary: 'Describe a secret',
        tags,
      },
    })
    .input(updateSecretInput)
    .output(secretSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => updateSecret(services, tenantId, actor, input)),

  delete: write
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/secrets/{id}',
        operationId: 'deleteSecret',
        summary: 'Delete a secret',
        tags,
      },
    })
    .input(secretRef)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor }, input }) => deleteSecret(services, tenantId, actor, input.id)),
});
