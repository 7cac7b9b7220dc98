import { errorCodes, problemContentType } from '@nexomatic/contracts/error-code';
import type { OpenAPIObject } from 'trpc-to-openapi';
import * as z from 'zod';
import type { $ZodType } from 'zod/v4/core';
import { appRouter } from '#server/trpc/router.ts';
import { hubVersion } from '#server/version.ts';
import { downloads } from './downloads.ts';
import { shapeOf } from './query-input.ts';
import { restBase } from './rest-base.ts';
import { restRoutes } from './rest-routes.ts';

const problemSchema = z
  .object({
    type: z.string().describe('address of a page about this kind of problem'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('what was wrong with this very request and what to do'),
    code: z.enum(Object.keys(errorCodes) as [string, ...string[]]).describe('stable, for programs'),
    requestId: z.string().optional().describe('quote it when asking about this answer'),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

type Operation = NonNullable<NonNullable<OpenAPIObject['paths']>[string]['get']>;

let made: Promise<OpenAPIObject> | undefined;

/** The OpenAPI 3.1 document, made of the procedures that REST is made of, when it is first asked for. */
export function openApiDocument(publicUrl: string): Promise<OpenAPIObject> {
  made ??= makeDocument(publicUrl);
  return made;
}

async function makeDocument(publicUrl: string): Promise<OpenAPIObject> {
  // Only this document needs the generator, and it brings a good deal along.
  const { generateOpenApiDocument } = await import('trpc-to-openapi');
  const document = generateOpenApiDocument(appRouter, {
    title: 'Nexomatic',
    description: 'Fire events and read what became of them. Every error is a problem document (RFC 9457).',
    version: hubVersion,
    openApiVersion: '3.1.0',
    baseUrl: publicUrl + restBase,
    securitySchemes: { apiToken: { type: 'http', scheme: 'bearer', description: 'An API token, `nxt_…`.' } },
    defs: { Problem: problemSchema },
  });
  for (const { path, method, input } of restRoutes()) {
    const item = document.paths?.[path];
    const operation = method === 'POST' ? item?.post : item?.get;
    if (!operation) throw new Error(`the OpenAPI document lacks ${method} ${path}`);
    describeErrors(operation, method);
    describeParameters(operation, input);
    if (method === 'POST') describeFiring(operation);
  }
  document.paths = { ...document.paths, ...downloadPaths() };
  for (const name of Object.keys(document.components?.schemas ?? {})) {
    if (name.startsWith('error.')) delete document.components?.schemas?.[name];
  }
  return document;
}

/** What the API really answers with; the generator knows of tRPC's own shape only. */
function describeErrors(operation: Operation, method: string): void {
  const codes = Object.entries(errorCodes).filter(([code]) => errorsOf[method]?.includes(code));
  const good = Object.entries(operation.responses ?? {}).filter(([status]) => status.startsWith('2'));
  const bad = Map.groupBy(codes, ([, { status }]) => String(status));
  operation.responses = {
    ...Object.fromEntries(good),
    ...Object.fromEntries([...bad].map(([status, group]) => [status, problemOf(group.map(([code]) => code))])),
  };
}

const errorsOf: Record<string, readonly string[]> = {
  GET: ['bad_request', 'unauthenticated', 'forbidden', 'not_found', 'internal', 'unavailable'],
  POST: [
    ...['bad_request', 'unauthenticated', 'forbidden', 'not_found', 'idempotency_conflict', 'event_type_disabled'],
    ...['payload_too_large', 'unsupported_media_type', 'charset', 'content_encoding_not_enabled', 'empty_body'],
    ...['invalid_json', 'unprocessable', 'internal', 'unavailable'],
  ],
};

const problemOf = (codes: string[]) => ({
  description: codes.map((code) => `\`${code}\``).join(', '),
  content: { [problemContentType]: { schema: { $ref: '#/components/schemas/Problem' } } },
});

/** Bodies of any type are no procedures' output, so the generator doesn't see these. */
function downloadPaths(): NonNullable<OpenAPIObject['paths']> {
  const entries = downloads.map(({ name, summary }) => {
    const operation: Operation = {
      operationId: `download${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      summary,
      tags: ['events'],
      security: [{ apiToken: [] }],
      parameters: [{ in: 'path', name: 'id', required: true, schema: { type: 'string' } }],
      responses: { '200': { description: 'The bytes', content: { '*/*': {} } } },
    };
    describeErrors(operation, 'GET');
    return [`/events/{id}/${name}`, { get: operation }];
  });
  return Object.fromEntries(entries);
}

/** The generator drops what a schema says about an optional parameter. */
function describeParameters(operation: Operation, input: $ZodType): void {
  const fields = shapeOf(input);
  for (const parameter of operation.parameters ?? []) {
    if ('$ref' in parameter) continue;
    const field = fields[parameter.name];
    const description = field && z.globalRegistry.get(field)?.description;
    if (description) parameter.description = description;
  }
}

function describeFiring(operation: Operation): void {
  const { '200': same, ...others } = operation.responses ?? {};
  operation.responses = {
    '200': { ...same, description: 'The event that this Idempotency-Key had fired before' },
    '201': { ...same, description: 'The event was fired; `Location` is its address' },
    ...others,
  };
  operation.parameters = [
    ...(operation.parameters ?? []),
    {
      in: 'header',
      name: 'Idempotency-Key',
      description:
        'With the same key, the same body fires one event however often it is sent; another body is refused.',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    },
  ];
}
