import { createViewInput, listViewsOutput, savedView, updateViewInput, viewRef } from '@nexomatic/contracts/view-api';
import * as z from 'zod';
import type { Actor } from '../auth/actor.ts';
import { type Authorized, holds } from '../auth/authorize.ts';
import { createView, deleteView, listViews, updateView, type Viewer } from '../views/saved-views.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['views'];
const read = tenantProcedure('events.read');

const viewerOf = ({ tenantId, principal, actor }: Authorized & { actor: Actor }): Viewer => ({
  tenantId,
  actor,
  userId: principal.kind === 'user' ? principal.userId : null,
  mayShare: holds(principal, 'events.manage'),
});

/** Saved views of the list of events. */
export const viewsRouter = router({
  list: read
    .meta({ openapi: { method: 'GET', path: '/views', operationId: 'listViews', summary: 'List saved views', tags } })
    .input(z.strictObject({}))
    .output(listViewsOutput)
    .query(({ ctx }) => listViews(ctx.services, viewerOf(ctx))),

  create: read
    .meta({ openapi: { method: 'POST', path: '/views', operationId: 'createView', summary: 'Save a view', tags } })
    .input(createViewInput)
    .output(savedView)
    .mutation(({ ctx, input }) => createView(ctx.services, viewerOf(ctx), input)),

  update: read
    .meta({
      openapi: { method: 'PUT', path: '/views/{id}', operationId: 'updateView', summary: 'Change a saved view', tags },
    })
    .input(updateViewInput)
    .output(savedView)
    .mutation(({ ctx, input }) => updateView(ctx.services, viewerOf(ctx), input)),

  delete: read
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/views/{id}',
        operationId: 'deleteView',
        summary: 'Delete a saved view',
        tags,
      },
    })
    .input(viewRef)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteView(ctx.services, viewerOf(ctx), input.id)),
});
