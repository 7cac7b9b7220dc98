import { permissionTable } from '@nexomatic/contracts/permission';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, test } from 'vitest';
import { appRouter } from '#server/trpc/router.ts';
import { downloads } from './downloads.ts';
import { bearer, openTestWeb } from './testing/open-test-web.ts';

interface Operation {
  operationId: string;
  security: object[];
  parameters: { in: string; name: string; description?: string }[];
  responses: Record<string, { content: Record<string, { schema: object }> }>;
}

interface Document {
  openapi: string;
  servers: { url: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const document = (await (await web.get('/api/openapi.json')).json()) as Document;
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
);

test('the document is OpenAPI 3.1 and says where the API is', () => {
  expect(document.openapi).toBe('3.1.0');
  expect(document.servers).toEqual([{ url: 'http://localhost:4600/api/v1' }]);
});

test('whatever a program may ask of a tenant has an address, streams alone excepted', () => {
  const procedures = appRouter._def.procedures as unknown as Record<string, { _def: { type: string; meta?: object } }>;
  const asked = Object.entries(procedures).filter(
    ([, { _def }]) =>
      _def.type !== 'subscription' && permissionTable.apiToken.some((one) => one === permissionOf(_def)),
  );
  const without = asked.filter(([, { _def }]) => !('openapi' in (_def.meta ?? {}))).map(([name]) => name);
  expect(without).toEqual([]);
  // Of events and of the audit log.
  const exports = 2;
  expect(operations.length).toBe(asked.length + downloads.length + exports);
});

const permissionOf = ({ meta }: { meta?: { permission?: string } }) => meta?.permission;

test.each(operations)('$name wants a token and answers errors as problem documents', ({ operation }) => {
  expect(operation.security).toEqual([{ apiToken: [] }]);
  const errors = Object.entries(operation.responses).filter(([status]) => !status.startsWith('2'));
  expect(errors.map(([status]) => status)).toEqual(expect.arrayContaining(['401', '403', '500', '503']));
  for (const [, { content }] of errors) {
    expect(content).toEqual({ 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } });
  }
});

test('nothing in the document points to what is not in it', () => {
  const references = JSON.stringify(document).match(/#\/components\/schemas\/[^"]+/g) ?? [];
  expect(new Set(references.map((reference) => reference.split('/').at(-1)))).toEqual(
    new Set(Object.keys(document.components.schemas)),
  );
});

test('firing is described with both of its answers and its Idempotency-Key', () => {
  const fire = document.paths['/events']?.post;
  expect(Object.keys(fire?.responses ?? {})).toEqual(
    expect.arrayContaining(['200', '201', '409', '413', '415', '422']),
  );
  expect(fire?.parameters).toMatchObject([{ in: 'header', name: 'Idempotency-Key' }]);
});

test('every described address answers a token of the tenant', async () => {
  const { apiToken } = await makePipeline(database);
  for (const { name } of operations) {
    const [method = '', path = ''] = name.split(' ');
    const response = await web.get(`/api/v1${path.replace('{id}', 'evt_01jd5y0q6vf0x9h2m7k3c8t4zr')}`, {
      method,
      headers: bearer(apiToken),
    });
    expect([200, 400, 404, 415, 422]).toContain(response.status);
  }
});
