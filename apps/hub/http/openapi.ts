import { errorCodes, problemContentType } from '@nexomatic/contracts/error-code';
import type { OpenAPIObject } from 'trpc-to-openapi';
import * as z from 'zod';
import type { $ZodType } from 'zod/v4/core';
import { maxExported } from '#server/audit/read-audit.ts';
import { exportFormats, maxExportedEvents } from '#server/events/export-events.ts';
import { appRouter } from '#server/trpc/router.ts';
import { hubVersion } from '#server/version.ts';
import { downloads } from './downloads.ts';
import { exportInput } from './export-events.ts';
import { shapeOf } from './query-input.ts';
import { restBase } from './rest-base.ts';
import { isCreation, type RestMethod, restRoutes } from './rest-routes.ts';

const problemSchema = z
  .object({
    type: z.string().describe('address of a page about this kind of problem'),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe('what was wrong with this very request and what to do'),
    code: z.enum(Object.keys(errorCodes) as [string, ...string[]]).describe('stable, for programs'),
    requestId: z.string().optional().describe('quote it when asking about this answer'),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    currentVersion: z.int().optional().describe('of `conflict`: the version that the object has now'),
    references: z
      .array(z.object({ id: z.string(), name: z.string(), how: z.string().optional() }))
      .optional()
      .describe('of `in_use`: what refers to the object'),
    sealKey: z
      .object({ keyId: z.string(), key: z.string() })
      .optional()
      .describe('of `seal_key_changed`: what secrets are sealed to now'),
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
  for (const { name, path, method, input } of restRoutes()) {
    const operation = document.paths?.[path]?.[operationKeys[method]];
    if (!operation) throw new Error(`the OpenAPI document lacks ${method} ${path}`);
    describeSuccess(operation, method, path);
    describeErrors(operation, method);
    describeParameters(operation, input);
    if (name === 'events.fire') describeFiring(operation);
  }
  const { paths } = document;
  document.paths = {
    ...paths,
    ...downloadPaths(),
    ...eventExportPath(paths?.['/events']?.get),
    ...auditExportPath(paths?.['/audit']?.get),
  };
  for (const name of Object.keys(document.components?.schemas ?? {})) {
    if (name.startsWith('error.')) delete document.components?.schemas?.[name];
  }
  return document;
}

const operationKeys = { GET: 'get', POST: 'post', PUT: 'put', PATCH: 'patch', DELETE: 'delete' } as const;

/** The generator knows of 200 alone. */
function describeSuccess(operation: Operation, method: RestMethod, path: string): void {
  const { '200': success, ...others } = operation.responses ?? {};
  const nothing = method === 'DELETE' && success !== undefined && !('content' in success);
  const status = isCreation(method, path) ? '201' : nothing ? '204' : '200';
  operation.responses = { [status]: success, ...others };
}

/** What the API really answers with; the generator knows of tRPC's own shape only. */
function describeErrors(operation: Operation, method: RestMethod, more: string[] = []): void {
  const named = [...errorsOf(method), ...more];
  const codes = Object.entries(errorCodes).filter(([code]) => named.includes(code));
  const good = Object.entries(operation.responses ?? {}).filter(([status]) => status.startsWith('2'));
  const bad = Map.groupBy(codes, ([, { status }]) => String(status));
  operation.responses = {
    ...Object.fromEntries(good),
    ...Object.fromEntries([...bad].map(([status, group]) => [status, problemOf(group.map(([code]) => code))])),
  };
}

const errorsOf = (method: RestMethod): string[] => [
  ...['bad_request', 'unauthenticated', 'forbidden', 'tenant_suspended', 'not_found', 'internal', 'unavailable'],
  ...(method === 'GET' ? [] : ['conflict', 'unprocessable']),
  ...(method === 'GET' || method === 'DELETE' ? [] : bodyErrors),
  ...(method === 'DELETE' ? ['in_use'] : []),
];

const bodyErrors = [
  ...['payload_too_large', 'unsupported_media_type', 'charset', 'content_encoding_not_enabled', 'empty_body'],
  'invalid_json',
];

/** What firing alone is refused with. */
const firingErrors = ['idempotency_conflict', 'event_type_disabled', 'payload_invalid'];

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

/** Events as a file, by the parameters of their list. */
function eventExportPath(list: Operation | undefined): NonNullable<OpenAPIObject['paths']> {
  const file = { schema: { type: 'string' as const } };
  const fields = Object.keys(shapeOf(exportInput));
  const operation: Operation = {
    operationId: 'exportEvents',
    summary: `Download the events of a query, newest first, up to ${maxExportedEvents.toLocaleString('en')}`,
    tags: ['events'],
    security: [{ apiToken: [] }],
    parameters: [
      ...(list?.parameters?.filter((one) => 'name' in one && fields.includes(one.name)) ?? []),
      { in: 'query', name: 'format', schema: { type: 'string', enum: [...exportFormats], default: 'csv' } },
    ],
    responses: {
      '200': { description: 'An event a line', content: { 'text/csv': file, 'application/x-ndjson': file } },
    },
  };
  describeErrors(operation, 'GET');
  return { '/events/export': { get: operation } };
}

/** The audit log as a file is no procedure either: it is sent while it is read. */
function auditExportPath(list: Operation | undefined): NonNullable<OpenAPIObject['paths']> {
  const operation: Operation = {
    operationId: 'exportAudit',
    summary: `Download changes as JSON lines, newest first, up to ${maxExported.toLocaleString('en')}`,
    description: 'Where there are more, the last line is `{"nextCursor": …}`: ask again with that cursor.',
    tags: ['audit'],
    security: [{ apiToken: [] }],
    parameters: list?.parameters?.filter((one) => 'name' in one && one.name !== 'limit') ?? [],
    responses: {
      '200': {
        description: 'A line of JSON for each entry, as `GET /audit/{id}` answers it',
        content: { 'application/x-ndjson': { schema: { type: 'string' } } },
      },
    },
  };
  describeErrors(operation, 'GET');
  return { '/audit/export': { get: operation } };
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
  describeErrors(operation, 'POST', firingErrors);
  const { '201': same, ...others } = operation.responses ?? {};
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
