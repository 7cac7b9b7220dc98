import { grantSinkInput, revokeSinkGrantInput } from '@nexomatic/contracts/end-to-end-api';
import {
  createSecretInput,
  deleteSecretInput,
  listSecretsInput,
  listSecretsOutput,
  listSecretUsesInput,
  rollBackSecretInput,
  savedSecret,
  sealKeyInput,
  sealKeyOutput,
  secretRef,
  secretSummary,
  secretUses,
  secretVersions,
  setSecretValueInput,
  updateSecretInput,
} from '@nexomatic/contracts/secret-api';
import { checkSecretInput, secretCheck } from '@nexomatic/contracts/secret-check-api';
import * as z from 'zod';
import { checkSecret } from '../secrets/check/check-secret.ts';
import { deleteSecret } from '../secrets/delete-secret.ts';
import { grantSink } from '../secrets/end-to-end/grant-sink.ts';
import { revokeGrant } from '../secrets/end-to-end/revoke-grant.ts';
import { listSecretUses } from '../secrets/list-uses.ts';
import { listSecretVersions } from '../secrets/list-versions.ts';
import { getSecret, listSecrets } from '../secrets/read-secrets.ts';
import { rollBackSecret } from '../secrets/roll-back.ts';
import { createSecret, updateSecret } from '../secrets/save-secret.ts';
import { getSealKey } from '../secrets/seal-key.ts';
import { setSecretValue } from '../secrets/set-value.ts';
import { router, tenantProcedure } from './procedure.ts';

const read = tenantProcedure('secrets.read');
const write = tenantProcedure('secrets.write');

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
const rest = <M extends Method, P extends `/secrets${string}`>(
  method: M,
  path: P,
  operationId: string,
  summary: string,
) => ({ openapi: { method, path, operationId, summary, tags: ['secrets'] } });

/** The Secrets store: values go in sealed, and no answer holds one. */
export const secretsRouter = router({
  list: read
    .meta(rest('GET', '/secrets', 'listSecrets', 'List secrets, without their values'))
    .input(listSecretsInput)
    .output(listSecretsOutput)
    .query(({ ctx: { services, tenantId }, input }) => listSecrets(services, tenantId, input)),

  // Before `get`: the first address that fits is the one that answers.
  key: write
    .meta(rest('GET', '/secrets/key', 'getSealKey', 'The key that values are sealed to'))
    .input(sealKeyInput)
    .output(sealKeyOutput)
    .query(({ ctx: { services, tenantId }, input }) => getSealKey(services, tenantId, input.name)),

  get: read
    .meta(rest('GET', '/secrets/{id}', 'getSecret', 'Read everything about a secret but its value'))
    .input(secretRef)
    .output(secretSummary)
    .query(({ ctx: { services, tenantId }, input }) => getSecret(services, tenantId, input.id)),

  create: write
    .meta(rest('POST', '/secrets', 'createSecret', 'Make a secret, with a sealed value or without one'))
    .input(createSecretInput)
    .output(savedSecret)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => createSecret(services, tenantId, actor, input)),

  update: write
    .meta(
      rest('PUT', '/secrets/{id}', 'updateSecret', 'Change what is said of a secret, and its value if one is given'),
    )
    .input(updateSecretInput)
    .output(savedSecret)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => updateSecret(services, tenantId, actor, input)),

  setValue: write
    .meta(rest('PUT', '/secrets/{id}/value', 'setSecretValue', 'Give a secret a new sealed value'))
    .input(setSecretValueInput)
    .output(savedSecret)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => setSecretValue(services, tenantId, actor, input)),

  rollBack: write
    .meta(rest('POST', '/secrets/{id}/roll-back', 'rollBackSecret', 'Take the value before back into use'))
    .input(rollBackSecretInput)
    .output(savedSecret)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => rollBackSecret(services, tenantId, actor, input)),

  check: write
    .meta(
      rest('POST', '/secrets/{id}/check', 'checkSecret', 'Have a sink try whether it gets a secret and can open it'),
    )
    .input(checkSecretInput)
    .output(secretCheck)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => checkSecret(services, tenantId, actor, input)),

  grantSink: write
    .meta(
      rest(
        'POST',
        '/secrets/{id}/sinks',
        'grantSecretToSink',
        'Let another sink have the value of an end-to-end secret',
      ),
    )
    .input(grantSinkInput)
    .output(savedSecret)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => grantSink(services, tenantId, actor, input)),

  revokeSink: write
    .meta(
      rest('DELETE', '/secrets/{id}/sinks/{sinkId}', 'revokeSecretFromSink', 'Take an end-to-end secret from a sink'),
    )
    .input(revokeSinkGrantInput)
    .output(savedSecret)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => revokeGrant(services, tenantId, actor, input)),

  versions: read
    .meta(rest('GET', '/secrets/{id}/versions', 'listSecretVersions', 'Who set values of a secret when'))
    .input(secretRef)
    .output(secretVersions)
    .query(({ ctx: { services, tenantId }, input }) => listSecretVersions(services, tenantId, input.id)),

  uses: read
    .meta(
      rest('GET', '/secrets/{id}/uses', 'listSecretUses', 'Which attempts and checks were given a secret, and when'),
    )
    .input(listSecretUsesInput)
    .output(secretUses)
    .query(({ ctx: { services, tenantId }, input }) => listSecretUses(services, tenantId, input)),

  delete: write
    .meta(rest('DELETE', '/secrets/{id}', 'deleteSecret', 'Delete a secret with all its values'))
    .input(deleteSecretInput)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor }, input }) => deleteSecret(services, tenantId, actor, input)),
});
