import { logIndexes } from '@nexomatic/contracts/log-index';
import {
  logHistogramInput,
  logHistogramOutput,
  logsAroundInput,
  logsAroundOutput,
  searchLogsInput,
  searchLogsOutput,
} from '@nexomatic/contracts/log-search-api';
import * as z from 'zod';
import { logHistogram } from '../logs/search/log-histogram.ts';
import { logsAround } from '../logs/search/logs-around.ts';
import { searchLogs } from '../logs/search/search-logs.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['logs'];

/** Logs across events; the log of one event is `events.logs`. */
export const logsRouter = router({
  search: tenantProcedure('logs.read')
    .meta({ openapi: { method: 'GET', path: '/logs', operationId: 'searchLogs', summary: 'Search logs', tags } })
    .input(searchLogsInput)
    .output(searchLogsOutput)
    .query(({ ctx: { services, tenantId }, input }) => searchLogs(services, tenantId, input)),

  histogram: tenantProcedure('logs.read')
    .meta({
      openapi: {
        method: 'GET',
        path: '/logs/histogram',
        operationId: 'countLogs',
        summary: 'Count log records by level and time',
        tags,
      },
    })
    .input(logHistogramInput)
    .output(logHistogramOutput)
    .query(({ ctx: { services, tenantId }, input }) => logHistogram(services, tenantId, input)),

  indexed: tenantProcedure('logs.read')
    .meta({
      openapi: {
        method: 'GET',
        path: '/logs/indexed',
        operationId: 'readLogIndex',
        summary: 'Read which lines of logs are found by searching them',
        tags,
      },
    })
    .input(z.strictObject({}))
    .output(z.object({ indexed: z.enum(logIndexes) }))
    .query(async ({ ctx: { services, tenantId } }) => ({ indexed: await services.definitions.logIndex(tenantId) })),

  around: tenantProcedure('logs.read')
    .meta({
      openapi: {
        method: 'GET',
        path: '/logs/around',
        operationId: 'readLogAround',
        summary: 'Read the lines around one line of a log',
        tags,
      },
    })
    .input(logsAroundInput)
    .output(logsAroundOutput)
    .query(({ ctx: { services, tenantId }, input }) => logsAround(services, tenantId, input)),
});
