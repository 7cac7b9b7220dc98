import { maxPayloadBytes } from '@nexomatic/contracts/envelope';
import { describe, expect, test } from 'vitest';
import { createPayloadCheck, schemaFaults } from './payload-check.ts';

const check = (schema: unknown, payload: unknown) =>
  createPayloadCheck(JSON.stringify(schema))(
    Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)),
  );

const order = {
  type: 'object',
  required: ['id', 'a/b~c'],
  additionalProperties: false,
  properties: { id: { type: 'integer' }, 'a/b~c': {}, lines: { type: 'array', items: { enum: ['x', 'y'] } } },
};

describe('a payload', () => {
  test('that is as the schema says has no fault', () => {
    expect(check(order, { id: 1, 'a/b~c': null, lines: ['x'] })).toEqual([]);
  });

  test('has every fault told with the place that it is at', () => {
    expect(check(order, { id: '1', lines: ['x', 'z'], extra: 1 })).toEqual([
      { path: '/a~1b~0c', message: 'is missing' },
      { path: '/extra', message: 'is not allowed here' },
      { path: '/id', message: 'must be integer' },
      { path: '/lines/1', message: 'must be one of "x","y"' },
    ]);
  });

  test('of another type than an object is at fault as a whole', () => {
    expect(check(order, [1])).toEqual([{ path: '', message: 'must be object' }]);
    expect(check(order, '{')).toEqual([{ path: '', message: 'is not JSON' }]);
  });

  test('does not have what every object inherits', () => {
    expect(check({ required: ['toString'] }, {})).toEqual([{ path: '/toString', message: 'is missing' }]);
  });

  test('with very many faults has the first twenty told', () => {
    expect(check({ items: { type: 'string' } }, Array(100).fill(0))).toHaveLength(20);
  });

  test('is checked by the rules of 2020-12', () => {
    const schema = { prefixItems: [{ type: 'string' }], unevaluatedItems: false };
    expect(check(schema, ['a', 1])).toEqual([{ path: '', message: 'must not have more than 1 items' }]);
    expect(check({ dependentRequired: { a: ['b'] } }, { a: 1 })).toEqual([{ path: '/b', message: 'is missing' }]);
  });
});

describe('no payload holds the hub up', () => {
  test('a pattern that would take for ever elsewhere is decided at once', () => {
    const schema = { type: 'string', pattern: '^(a+)+$' };
    expect(check(schema, JSON.stringify(`${'a'.repeat(50_000)}!`))).toEqual([
      { path: '', message: 'must match pattern "^(a+)+$"' },
    ]);
    expect(check(schema, JSON.stringify('a'.repeat(50_000)))).toEqual([]);
  });

  test('a check that is not done in time refuses the payload and says so', () => {
    const inner = { required: ['x'], properties: { x: { $ref: '#/$defs/n' } } };
    const twice = { $ref: '#/$defs/n', $defs: { n: { anyOf: [inner, { ...inner, minProperties: 1 }] } } };
    const deep = `${'{"x":'.repeat(60)}{}${'}'.repeat(60)}`;
    expect(check(twice, deep)).toEqual([{ path: '', message: expect.stringMatching(/^takes longer than 100 ms/) }]);
  });

  test('nesting without end is refused', () => {
    const list = { $ref: '#/$defs/n', $defs: { n: { type: 'array', items: { $ref: '#/$defs/n' } } } };
    const half = maxPayloadBytes / 2;
    expect(check(list, '['.repeat(half) + ']'.repeat(half))).toEqual([
      { path: '', message: 'is nested too deeply to be checked' },
    ]);
  });
});

describe('a schema', () => {
  test.each([
    ['an object', { type: 'object' }],
    ['true', true],
    [
      'one that names its dialect and itself',
      { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: 'https://x.example/a' },
    ],
    ['one that refers to itself', { $ref: '#/$defs/a', $defs: { a: { items: { $ref: '#/$defs/a' } } } }],
    ['one with words of its own', { 'x-note': 1, type: 'string', format: 'e-mail of sorts' }],
  ])('is taken: %s', (_, schema) => {
    expect(schemaFaults(JSON.stringify(schema))).toEqual([]);
  });

  test.each([
    ['no JSON', '{type', '', 'not JSON: Line 1, column 2: expected a property name in double quotes.'],
    ['no schema', '[]', '', 'a schema is an object, or true or false'],
    [
      'an unknown type',
      '{"properties":{"a":{"type":"text"}}}',
      '/properties/a/type',
      'must be one of "array","boolean"',
    ],
    [
      'another dialect',
      '{"$schema":"http://json-schema.org/draft-07/schema#"}',
      '/$schema',
      'must be https://json-schema.org/draft/2020-12/schema',
    ],
    ['a schema elsewhere', '{"$ref":"https://x.example/s.json"}', '', '$ref https://x.example/s.json leads to nothing'],
    ['a place that is not there', '{"$ref":"#/$defs/a"}', '', '$ref #/$defs/a leads to nothing'],
    ['a pattern with look-ahead', '{"pattern":"(?=a)b"}', '', 'a pattern is none of RE2'],
    ['a pattern with a back-reference', '{"pattern":"(a)\\\\1"}', '', 'a pattern is none of RE2'],
    ['a pattern that is none', '{"patternProperties":{"[":true}}', '', 'a pattern is none of RE2'],
    [
      'more than 32 KiB',
      `{"description":"${'x'.repeat(32 * 1024)}"}`,
      '',
      'the schema has 32786 bytes; 32768 are allowed',
    ],
    [
      'nesting without end',
      `${'{"not":'.repeat(3_500)}true${'}'.repeat(3_500)}`,
      '',
      'the schema is nested too deeply',
    ],
  ])('is refused: %s', (_, text, path, message) => {
    expect(schemaFaults(text)[0]).toEqual({ path, message: expect.stringContaining(message) });
  });

  test('of one tenant can not stand in for that of another, or for the schema of schemas', () => {
    const id = 'https://json-schema.org/draft/2020-12/schema';
    expect(schemaFaults(JSON.stringify({ $id: id, type: 'string' }))).toEqual([]);
    expect(schemaFaults(JSON.stringify({ type: 'nonsense' }))).not.toEqual([]);
    expect(check({ $id: 'https://x.example/same', type: 'string' }, '1')).toHaveLength(1);
    expect(check({ $id: 'https://x.example/same', type: 'integer' }, '1')).toEqual([]);
  });
});
