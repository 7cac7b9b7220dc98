import type { fireOutput } from '@nexomatic/contracts/event-api';
import type { AnyTRPCProcedure } from '@trpc/server';
import type { OpenApiMeta } from 'trpc-to-openapi';
import type * as z from 'zod';
import type { $ZodType } from 'zod/v4/core';
import { appRouter } from '#server/trpc/router.ts';
import { restBase } from './rest-base.ts';

/** A procedure that has an address, as its `openapi` says. */
export interface RestRoute {
  /** Path in the router, for example `events.fire`. */
  name: string;
  type: 'query' | 'mutation';
  method: 'GET' | 'POST';
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
    const { method, path } = openapi;
    if ((method !== 'GET' && method !== 'POST') || (type !== 'query' && type !== 'mutation')) {
      throw new Error(`${name}: only GET and POST of queries and mutations have an address`);
    }
    const honoPath = path.replaceAll(/\{(\w+)\}/g, ':$1');
    return [
      { name, type, method, path, honoPath, input, success: successes[name] ?? (() => ({ status: 200, headers: {} })) },
    ];
  });
}

/** Answers that are more than 200. */
const successes: Record<string, RestRoute['success']> = {
  'events.fire': (output) => {
    const { id, duplicate } = output as z.infer<typeof fireOutput>;
    return { status: duplicate ? 200 : 201, headers: { location: `${restBase}/events/${id}` } };
  },
};
