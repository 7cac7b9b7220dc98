import { problem } from '@nexomatic/contracts/error-code';
import { callTRPCProcedure } from '@trpc/server';
import type { Hono } from 'hono';
import type { Services } from '#server/services.ts';
import type { TrpcContext } from '#server/trpc/context.ts';
import { problemFromError } from '#server/trpc/problem-from-error.ts';
import { appRouter } from '#server/trpc/router.ts';
import { mountAuditExport } from './audit-export.ts';
import type { Authenticate } from './authenticate.ts';
import { contextOf, logPrincipal } from './call-context.ts';
import { type Answer, mountDownloads } from './downloads.ts';
import { mountExport } from './export-events.ts';
import type { HubApp, HubContext } from './hub-app.ts';
import { readJsonInput } from './json-input.ts';
import { openApiDocument } from './openapi.ts';
import { problemResponse } from './problem-response.ts';
import { queryInput } from './query-input.ts';
import { restBase } from './rest-base.ts';
import { type RestRoute, restRoutes } from './rest-routes.ts';

interface RestDeps {
  services: Services;
  authenticate: Authenticate;
}

/** Programs' door: the procedures that have an address, as plain HTTP with problem documents (RFC 9457). */
export function mountRest(app: Hono<HubApp>, deps: RestDeps): void {
  app.get('/api/openapi.json', async (context) => context.json(await openApiDocument(deps.services.env.publicUrl)));

  // Before the entries, of which `export` would be the id.
  mountAuditExport(app, restBase, (context, work) => answer(context, deps, work));
  const download: Answer = (context, work) => answer(context, deps, work);
  // Before the procedures, whose `/events/{id}` would take its address for an id.
  mountExport(app, restBase, download);
  const routes = restRoutes();
  for (const route of routes) {
    app.on(route.method, restBase + route.honoPath, (context) =>
      answer(context, deps, async (call) => {
        const output = await callProcedure(route, call, await inputOf(context, route));
        const { status, headers } = route.success(output);
        return new Response(output === undefined ? null : JSON.stringify(output), {
          status,
          headers: { ...(output === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        });
      }),
    );
  }
  mountDownloads(app, restBase, download);
  refuseOtherMethods(app, routes);
}

/** Authenticates, works, and turns whatever was thrown into its problem document. */
async function answer(
  context: HubContext,
  { services, authenticate }: RestDeps,
  work: (call: TrpcContext) => Promise<Response>,
): Promise<Response> {
  const requestId = context.get('requestId');
  try {
    const authenticated = await authenticate.request(context.req.raw, context.req.query('tenant') ?? null);
    const call = contextOf(context, services, authenticated);
    logPrincipal(context, call.principal);
    return await work(call);
  } catch (error) {
    const problem = problemFromError(error, requestId);
    if (problem.code === 'internal') services.logger.error({ err: error, requestId }, 'call.failed');
    else Object.assign(context.get('logFields'), { code: problem.code });
    return problemResponse(problem);
  }
}

const callProcedure = (route: RestRoute, ctx: TrpcContext, input: unknown): Promise<unknown> =>
  callTRPCProcedure({
    router: appRouter,
    path: route.name,
    type: route.type,
    getRawInput: () => Promise.resolve(input),
    ctx,
    signal: undefined,
    batchIndex: 0,
  });

async function inputOf(context: HubContext, { input, method }: RestRoute): Promise<unknown> {
  const path = context.req.param() as Record<string, string>;
  if (method !== 'GET' && method !== 'DELETE') return { ...(await readJsonInput(context.req.raw, input)), ...path };
  const query = new URL(context.req.url).searchParams;
  // Says which tenant a signed-in person speaks to; it is no input of any procedure.
  query.delete('tenant');
  return queryInput(input, query, path);
}

function refuseOtherMethods(app: Hono<HubApp>, routes: RestRoute[]): void {
  for (const [honoPath, group] of Map.groupBy(routes, (route) => route.honoPath)) {
    const allow = [...new Set(group.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))].join(
      ', ',
    );
    app.all(restBase + honoPath, (context) => {
      const detail = `This address takes ${allow}, not ${context.req.method}.`;
      return problemResponse(problem('method_not_allowed', detail, { requestId: context.get('requestId') }), { allow });
    });
  }
  // The reference at `/api` itself is a page.
  app.all('/api/:rest{.+}', (context) => {
    const detail = `The API has no ${context.req.path}; /api/openapi.json lists what it has.`;
    return problemResponse(problem('not_found', detail, { requestId: context.get('requestId') }));
  });
}
