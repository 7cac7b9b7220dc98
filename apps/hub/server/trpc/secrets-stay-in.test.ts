import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { appRouter } from './router.ts';

/** The names of all fields in everything that a procedure can answer, with where they stand. */
function fieldsOf(output: z.ZodType): { name: string; path: string }[] {
  const fields: { name: string; path: string }[] = [];
  const walk = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return;
    if (Array.isArray(schema)) {
      for (const one of schema) walk(one, path);
      return;
    }
    const { properties = {}, ...others } = schema as { properties?: Record<string, unknown> };
    for (const [name, field] of Object.entries(properties)) {
      fields.push({ name, path: `${path}.${name}` });
      walk(field, `${path}.${name}`);
    }
    for (const other of Object.values(others)) walk(other, path);
  };
  walk(z.toJSONSchema(output, { io: 'output', unrepresentable: 'any' }), '');
  return fields;
}

const outputs = Object.entries(
  appRouter._def.procedures as unknown as Record<string, { _def: { output?: z.ZodType; type: string } }>,
).flatMap(([name, { _def }]) => (_def.output ? [{ name, fields: fieldsOf(_def.output) }] : []));

/** Everything that the answers about secrets may hold. What is new is looked at by somebody before it is added here. */
const ofSecrets = [
  ...['secrets', 'missing', 'nextCursor', 'versions', 'secret', 'lastUsed', 'rollBack', 'grants', 'labels', 'warnings'],
  ...['id', 'name', 'description', 'state', 'version', 'valueVersion', 'nextVersion', 'valueSetAt', 'valueSetBy'],
  ...['size', 'short', 'expiresAt', 'eventTypeIds', 'sinkTypeIds', 'until', 'at', 'eventId', 'sinkId', 'sinkName'],
  ...['usedBy', 'createdAt', 'updatedAt', 'createdBy', 'current', 'keptUntil', 'code', 'path', 'message'],
  ...['uses', 'eventType', 'attempt'],
  // The public key that values are sealed to, and what a sink says of the value that it was given.
  ...['keyId', 'key', 'tenantId', 'outcome', 'fingerprint'],
  // Sinks that end-to-end secrets are granted to, with their public keys.
  ...['endToEnd', 'sinks', 'boxKey', 'approvedBy', 'approvedAt', 'sealedAt'],
];

/** Values that are no secrets of the store: what is told once to whoever made it, headers of requests, names in parameters. */
const otherValues = [
  ...['apiTokens.create.value', 'joinTokens.create.value', 'sourceSecrets.add.value'],
  ...['requests.get.headers.value', 'buffer.deadLetters.deadLetters.headers.value'],
];
const parameterValue = /\.parameters\.value$/;

describe('no answer of the hub has room for the value of a secret', () => {
  test('the walk sees every procedure that answers anything', () => {
    expect(outputs.length).toBeGreaterThan(100);
    expect(outputs.find(({ name }) => name === 'secrets.list')?.fields.length).toBeGreaterThan(20);
  });

  test.each(outputs.filter(({ name }) => name.startsWith('secrets.')))(
    '$name tells nothing but what is known to hold none',
    ({ fields }) => {
      expect(fields.filter(({ name }) => !ofSecrets.includes(name))).toEqual([]);
    },
  );

  test('boxes go to sinks alone, and no field elsewhere is named for a value', () => {
    const suspicious = outputs
      .filter(({ name }) => !name.startsWith('sink.'))
      .flatMap(({ name, fields }) => fields.map((field) => ({ place: `${name}${field.path}`, field: field.name })))
      .filter(({ field }) => /^(box|boxes|value|plaintext|privateKey|wrapped)$/.test(field))
      .filter(({ place }) => !otherValues.includes(place) && !parameterValue.test(place));
    expect(suspicious).toEqual([]);
  });
});
