import { expect, test } from 'vitest';
import { type ApiDocument, curlOf, fieldsWithin, operationsByTag, typeWords } from './open-api.ts';

const operation = { operationId: 'x', responses: {} };
const document: ApiDocument = {
  info: { version: '1' },
  paths: {
    '/actions': {
      get: { ...operation, tags: ['actions'] },
      post: { ...operation, tags: ['actions'], requestBody: {} },
    },
    '/audit/{id}': { get: { ...operation, tags: ['audit'] } },
  },
  components: { schemas: { Problem: { type: 'object', properties: { code: { type: 'string' } } } } },
};

test('operations stand under what they are about, each with its method and path', () => {
  const groups = [...operationsByTag(document)].map(([tag, all]) => [
    tag,
    all.map(({ method, path }) => `${method} ${path}`),
  ]);
  expect(groups).toEqual([
    ['actions', ['get /actions', 'post /actions']],
    ['audit', ['get /audit/{id}']],
  ]);
});

test.each([
  [{ type: 'string', format: 'date-time' }, 'string (date-time)'],
  [{ type: ['string', 'null'] }, 'string or null'],
  [{ anyOf: [{ type: 'integer' }, { type: 'null' }] }, 'integer or null'],
  [{ enum: ['a', 'b'] }, '"a" or "b"'],
  [{ type: 'array', items: { type: 'object' } }, 'array of object'],
  [{ $ref: '#/components/schemas/Problem' }, 'Problem'],
  [{}, 'any'],
])('%j is told as %s', (schema, words) => {
  expect(typeWords(schema)).toBe(words);
});

test('the fields of a value are found through references, lists and choices', () => {
  const { Problem } = document.components?.schemas ?? {};
  expect(fieldsWithin({ $ref: '#/components/schemas/Problem' }, document)).toBe(Problem);
  expect(
    fieldsWithin(
      { anyOf: [{ type: 'array', items: { $ref: '#/components/schemas/Problem' } }, { type: 'null' }] },
      document,
    ),
  ).toBe(Problem);
  expect(fieldsWithin({ type: 'string' }, document)).toBeNull();
});

test('a call is written as a command with what is to be filled in in capitals', () => {
  const [, post] = operationsByTag(document).get('actions') ?? [];
  const [get] = operationsByTag(document).get('audit') ?? [];
  expect(get && curlOf(get, 'http://hub/api/v1')).toBe(
    'curl -H "authorization: Bearer $NEXOMATIC_TOKEN" \\\n  \'http://hub/api/v1/audit/ID\'',
  );
  expect(post && curlOf(post, 'http://hub/api/v1')).toContain('curl -X POST');
});
