import { listSourceTypesOutput } from '@nexomatic/contracts/source-api';
import * as z from 'zod';
import { listSourceTypes } from '../sources/list-source-types.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['sources'];

/** The kinds of sources. They are a fixed list: each is code of the hub. */
export const sourceTypesRouter = router({
  list: tenantProcedure('definitions.read')
    .meta({
      openapi: {
        method: 'GET',
        path: '/source-types',
        operationId: 'listSourceTypes',
        summary: 'List kinds of sources',
        tags,
      },
    })
    .input(z.strictObject({}))
    .output(listSourceTypesOutput)
    .query(({ ctx: { services, tenantId } }) => listSourceTypes(services, tenantId)),
});
