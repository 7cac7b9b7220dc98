import type { AnyTRPCProcedure } from '@trpc/server';
import type { OpenApiMeta } from 'trpc-to-openapi';
import type { $ZodType } from 'zod/v4/core';
import { appRouter } from '#server/trpc/router.ts';
import { restBase } from './rest-base.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
export type RestMethod = (typeof methods)[number];

/** A procedure that has an address, as its `openapi` says. */
export interface RestRoute {
  /** Path in the router, for example `events.fire`. */
  name: string;
  type: 'query' | 'mutation';
  method: RestMethod;
  /** The address below `/api/v1` in OpenAPI's writing, `/events/{id}`. */
  path: string;
  /** The same in Hono's, `/events/:id`. */
  honoPath: string;
  input: $ZodType;
  /** Status and headers of an answer with this output. */
  success(output: unknown): { status: number; headers: Record<string, string> };
}

interface ProcedureFacts {
  type: string;
  meta?: OpenApiMeta;
  inputs?: $ZodType[];
}

/** Every procedure with an address. */
export function restRoutes(): RestRoute[] {
  // Flat, with dots in the names, whatever its type says.
  const procedures = appRouter._def.procedures as unknown as Record<string, AnyTRPCProcedure>;
  return Object.entries(procedures).flatMap(([name, procedure]): RestRoute[] => {
    const { type, meta, inputs } = procedure._def as unknown as ProcedureFacts;
    const { openapi } = meta ?? {};
    const input = inputs?.[0];
    if (!openapi || !input) return [];
    const { path } = openapi;
    const method = methods.find((one) => one === openapi.method);
    if (!method || (type !== 'query' && type !== 'mutation') || (method === 'GET') !== (type === 'query')) {
      throw new Error(`${name}: queries are read by GET, mutations have another method`);
    }
    const honoPath = path.replaceAll(/\{(\w+)\}/g, ':$1');
    return [{ name, type, method, path, honoPath, input, success: (output) => successOf(method, path, output) }];
  });
}

/** What is posted to a list is made there and has an address of its own; what leaves nothing to say is 204. */
function successOf(method: RestMethod, path: string, output: unknown): ReturnType<RestRoute['success']> {
  if (output === undefined) return { status: 204, headers: {} };
  if (!isCreation(method, path) || typeof output !== 'object' || output === null || !('id' in output)) {
    return { status: 200, headers: {} };
  }
  const duplicate = 'duplicate' in output && output.duplicate === true;
  return { status: duplicate ? 200 : 201, headers: { location: `${restBase}${path}/${output.id}` } };
}

/** Whether the address is a list and the method adds to it. */
export const isCreation = (method: RestMethod, path: string): boolean => method === 'POST' && !path.includes('{');
