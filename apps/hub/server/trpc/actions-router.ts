import {
  actionRef,
  actionSummary,
  actionVersions,
  checkActionInput,
  checkedAction,
  createActionInput,
  listActionsInput,
  listActionsOutput,
  restoreActionInput,
  savedAction,
  updateActionInput,
} from '@nexomatic/contracts/action-api';
import * as z from 'zod';
import { deleteAction } from '../actions/delete-action.ts';
import { getAction, listActions, listActionVersions } from '../actions/read-actions.ts';
import { createAction, restoreAction, updateAction } from '../actions/save-action.ts';
import { checkAction } from '../actions/warn-of-action.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['actions'];
const read = tenantProcedure('definitions.read');
const write = tenantProcedure('definitions.write');

/** What sinks run, and what follows on it. */
export const actionsRouter = router({
  list: read
    .meta({ openapi: { method: 'GET', path: '/actions', operationId: 'listActions', summary: 'List actions', tags } })
    .input(listActionsInput)
    .output(listActionsOutput)
    .query(({ ctx: { services, tenantId }, input }) => listActions(services, tenantId, input)),

  get: read
    .meta({
      openapi: { method: 'GET', path: '/actions/{id}', operationId: 'getAction', summary: 'Read one action', tags },
    })
    .input(actionRef)
    .output(actionSummary)
    .query(({ ctx: { services, tenantId }, input }) => getAction(services, tenantId, input.id)),

  check: read
    .meta({
      openapi: {
        method: 'POST',
        path: '/actions/check',
        operationId: 'checkAction',
        summary: 'Say what may go wrong with an action, without saving it',
        tags,
      },
    })
    .input(checkActionInput)
    .output(checkedAction)
    .mutation(({ ctx: { services, tenantId }, input }) => checkAction(services, tenantId, input)),

  create: write
    .meta({
      openapi: { method: 'POST', path: '/actions', operationId: 'createAction', summary: 'Make an action', tags },
    })
    .input(createActionInput)
    .output(savedAction)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => createAction(services, tenantId, actor, input)),

  update: write
    .meta({
      openapi: { method: 'PUT', path: '/actions/{id}', operationId: 'updateAction', summary: 'Change an action', tags },
    })
    .input(updateActionInput)
    .output(savedAction)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => updateAction(services, tenantId, actor, input)),

  delete: write
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/actions/{id}',
        operationId: 'deleteAction',
        summary: 'Delete an action',
        tags,
      },
    })
    .input(actionRef)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor }, input }) => deleteAction(services, tenantId, actor, input.id)),

  versions: read
    .meta({
      openapi: {
        method: 'GET',
        path: '/actions/{id}/versions',
        operationId: 'listActionVersions',
        summary: 'Read every version of an action',
        tags,
      },
    })
    .input(actionRef)
    .output(actionVersions)
    .query(({ ctx: { services, tenantId }, input }) => listActionVersions(services, tenantId, input.id)),

  restore: write
    .meta({
      openapi: {
        method: 'POST',
        path: '/actions/{id}/restore',
        operationId: 'restoreAction',
        summary: 'Bring an earlier version of an action back',
        tags,
      },
    })
    .input(restoreActionInput)
    .output(savedAction)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => restoreAction(services, tenantId, actor, input)),
});
