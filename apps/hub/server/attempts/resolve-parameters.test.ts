import { describe, expect, it } from 'vitest';
import type { ParameterDefinition } from '../definitions/definitions.ts';
import { resolveParameters } from './resolve-parameters.ts';

const data = (value: string, key = 'wanted'): ParameterDefinition => ({
  key,
  kind: 'DATA',
  origin: 'event_type',
  value,
});
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The JSON text that the one parameter gets, or the message that says why it gets none. */
function resolve(definition: ParameterDefinition, payload: string): string {
  const outcome = resolveParameters([definition], bytes(payload), () => ({ kind: 'missing' }));
  if (outcome.kind === 'missing') return outcome.message;
  const [parameter] = outcome.parameters;
  return parameter && 'json' in parameter ? parameter.json : 'nothing';
}

describe('parameters', () => {
  it('keep a STATIC value as it was written, whatever the payload is', () => {
    const definition: ParameterDefinition = { key: 'n', kind: 'STATIC', origin: 'action', value: '1.0' };
    const outcome = resolveParameters([definition], Uint8Array.from([0xff]), () => ({ kind: 'missing' }));
    expect(outcome).toEqual({
      kind: 'resolved',
      parameters: [{ key: 'n', kind: 'STATIC', origin: 'action', json: '1.0' }],
    });
  });

  it.each([
    ['name', '{"name":"Ada"}', '"Ada"'],
    ['a/b', '{"a/b":1}', '1'],
    ['', '{"":true}', 'true'],
    ['/order/lines/1/sku', '{"order":{"lines":[{},{"sku":"x"}]}}', '"x"'],
    ['/a~1b/m~0n', '{"a/b":{"m~n":null}}', 'null'],
    ['__proto__', '{"__proto__":{"admin":true}}', '{"admin":true}'],
  ])('read DATA "%s" from %s', (path, payload, json) => {
    expect(resolve(data(path), payload)).toBe(json);
  });

  it.each(['12345678901234567890123', '1e400', '1.0', '-0', '[1.10,{"deep":9007199254740993}]'])(
    'keep every digit of %s',
    (number) => {
      expect(resolve(data('n'), `{"n":${number}}`)).toBe(number);
    },
  );

  it('keep of a SECRET its name and version, and no value', () => {
    const definition: ParameterDefinition = { key: 'token', kind: 'SECRET', origin: 'action', value: 'API_TOKEN' };
    const outcome = resolveParameters([definition], bytes('{}'), () => ({ kind: 'usable', version: 3 }));
    const parameters = [{ key: 'token', kind: 'SECRET', origin: 'action', name: 'API_TOKEN', version: 3 }];
    expect(outcome).toEqual({ kind: 'resolved', parameters });
  });

  it.each([
    ['missing', 'secret_missing', 'parameter "token": no secret "API_TOKEN" is set'],
    [
      'not_granted',
      'secret_not_granted',
      'parameter "token": the secret "API_TOKEN" is not granted to this event type and its sink type',
    ],
  ] as const)('name the parameter and a secret that is %s', (kind, reason, message) => {
    const definition: ParameterDefinition = { key: 'token', kind: 'SECRET', origin: 'action', value: 'API_TOKEN' };
    const outcome = resolveParameters([definition], bytes('{}'), () => ({ kind }));
    expect(outcome).toEqual({ kind: 'missing', reason, message });
  });

  it.each([
    ['name', '{}', 'parameter "wanted": the payload has no key "name"'],
    ['name', '"text"', 'parameter "wanted": the payload has no key "name"'],
    ['toString', '{}', 'parameter "wanted": the payload has no key "toString"'],
    ['/a/01', '{"a":[1,2]}', 'parameter "wanted": the payload has no value at "/a/01"'],
    ['/a/length', '{"a":[1,2]}', 'parameter "wanted": the payload has no value at "/a/length"'],
    ['name', '{"name":', 'parameter "wanted": the payload is not JSON'],
  ])('name the parameter and the key when DATA "%s" is not in %s', (path, payload, message) => {
    expect(resolve(data(path), payload)).toBe(message);
  });
});
