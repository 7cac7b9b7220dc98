import { newId } from '@nexomatic/contracts/id';
import { type Condition, conditionOperators, conditionSchema } from '@nexomatic/contracts/source-settings';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incomingRequest } from './incoming-request.ts';
import { findValue, holds, routeRequest } from './route-request.ts';

const [push, pull, other] = [newId('eventType'), newId('eventType'), newId('eventType')];

const request = (body: string, headers: [string, string][] = []) =>
  incomingRequest(headers, 'application/json', Buffer.from(body));
const condition = (at: string, is: Condition['is'], ...values: string[]): Condition =>
  conditionSchema.parse({ in: at.startsWith('/') ? 'body' : 'header', at, is, values });
const judge = (one: Condition, of: ReturnType<typeof request>): boolean => holds(one, findValue(one, of));

const body = `{"action":"opened","n":12345678901234567890,"f":1.50,"t":true,"nil":null,"s":"5","list":[{"a/b":{"~":"x"}}],"o":{}}`;
const sent = request(body, [
  ['x-github-event', 'push'],
  ['x-size', '42'],
  ['x-many', 'a'],
  ['x-many', 'b'],
  ['x-empty', ''],
]);

describe('a condition', () => {
  test.each<[Condition, boolean]>([
    [condition('/action', 'equals', 'opened'), true],
    [condition('/action', 'equals', 'Opened'), false],
    [condition('/action', 'not_equals', 'closed'), true],
    [condition('/action', 'not_equals', 'opened'), false],
    [condition('/gone', 'not_equals', 'opened'), true],
    [condition('/o', 'not_equals', '{}'), true],
    [condition('/action', 'one_of', 'closed', 'opened'), true],
    [condition('/gone', 'one_of', 'closed', 'opened'), false],
    [condition('/action', 'starts_with', 'open'), true],
    [condition('/action', 'ends_with', 'ed'), true],
    [condition('/action', 'contains', 'pene'), true],
    [condition('/action', 'contains', '.*'), false],
    [condition('/action', 'exists'), true],
    [condition('/gone', 'exists'), false],
    [condition('/gone', 'missing'), true],
    [condition('/nil', 'exists'), true],
    [condition('/nil', 'equals', 'null'), true],
    [condition('/t', 'equals', 'true'), true],
    [condition('/n', 'equals', '12345678901234567890'), true],
    [condition('/n', 'equals', '12345678901234567000'), false],
    [condition('/f', 'equals', '1.50'), true],
    [condition('/f', 'above', '1.4'), true],
    [condition('/f', 'above', '1.5'), false],
    [condition('/f', 'below', '2'), true],
    [condition('/s', 'above', '4'), false],
    [condition('/action', 'below', '4'), false],
    [condition('/list/0/a~1b/~0', 'equals', 'x'), true],
    [condition('/list/length', 'exists'), false],
    [condition('/list/00', 'exists'), false],
    [condition('/__proto__', 'exists'), false],
    [condition('/constructor/name', 'exists'), false],
    [condition('X-GitHub-Event', 'equals', 'push'), true],
    [condition('x-size', 'above', '41'), true],
    [condition('x-many', 'equals', 'a, b'), true],
    [condition('x-empty', 'exists'), true],
    [condition('x-gone', 'missing'), true],
    [condition('x-gone', 'equals', ''), false],
  ])('%o is decided', (one, expected) => {
    expect(judge(one, sent)).toBe(expected);
  });

  test('on a member of a body that is no JSON finds nothing', () => {
    const raw = incomingRequest([], 'application/octet-stream', Uint8Array.of(0xff, 0, 1));
    expect(judge(condition('/a', 'exists'), raw)).toBe(false);
  });

  test('on own members alone is decided by what a sender calls __proto__', () => {
    expect(judge(condition('/__proto__/admin', 'equals', 'true'), request('{"__proto__":{"admin":true}}'))).toBe(true);
  });

  test('never finds a header whose value is masked', () => {
    expect(judge(condition('x-token', 'exists'), request('{}', [['x-token', '***']]))).toBe(false);
  });
});

describe('routes', () => {
  const opened = { when: [condition('/action', 'equals', 'opened')], eventTypeId: pull };
  const pushed = { when: [condition('x-github-event', 'equals', 'push')], eventTypeId: push };
  const both = { when: [...opened.when, ...pushed.when], eventTypeId: other };

  test('fire the first that matches', () => {
    expect(routeRequest({ routes: [both, opened, pushed], match: 'first' }, null, sent)).toEqual([other]);
    expect(routeRequest({ routes: [pushed, both], match: 'first' }, null, sent)).toEqual([push]);
  });

  test('fire every one that matches, an event type once', () => {
    const routes = [pushed, opened, { ...opened, eventTypeId: push }, both];
    expect(routeRequest({ routes, match: 'all' }, other, sent)).toEqual([push, pull, other]);
  });

  test('fire what the source names where none matches, and nothing where it names nothing', () => {
    const closed = { when: [condition('/action', 'equals', 'closed'), ...pushed.when], eventTypeId: pull };
    expect(routeRequest({ routes: [closed], match: 'all' }, other, sent)).toEqual([other]);
    expect(routeRequest({ routes: [closed], match: 'first' }, null, sent)).toEqual([]);
    expect(routeRequest({ routes: [], match: 'first' }, other, sent)).toEqual([other]);
  });
});

test('whatever a sender sends, a condition is decided, and like one that is written by hand over plain JSON', () => {
  const key = fc.stringMatching(/^[a-z~/]{1,3}$/);
  const value = fc.oneof(fc.string({ maxLength: 5 }), fc.integer(), fc.boolean(), fc.constant(null));
  const document = fc.dictionary(key, fc.oneof(value, fc.dictionary(key, value)));
  fc.assert(
    fc.property(
      document,
      fc.array(key, { minLength: 1, maxLength: 2 }),
      value,
      fc.constantFrom(...conditionOperators),
      (root, path, one, is) => {
        const at = path.map((step) => `/${step.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
        const text = typeof one === 'string' ? one : JSON.stringify(one);
        const found = path.reduce<unknown>(
          (node, step) =>
            typeof node === 'object' && node !== null && Object.hasOwn(node, step)
              ? (node as Record<string, unknown>)[step]
              : undefined,
          root,
        );
        const standing =
          typeof found === 'string'
            ? found
            : typeof found === 'object' && found !== null
              ? null
              : JSON.stringify(found);
        const expected: Record<Condition['is'], boolean> = {
          exists: found !== undefined,
          missing: found === undefined,
          equals: standing === text,
          not_equals: standing !== text,
          one_of: standing === text,
          starts_with: standing?.startsWith(text) ?? false,
          ends_with: standing?.endsWith(text) ?? false,
          contains: standing?.includes(text) ?? false,
          above: typeof found === 'number' && found > Number(text),
          below: typeof found === 'number' && found < Number(text),
        };
        expect(judge({ in: 'body', at, is, values: [text] }, request(JSON.stringify(root)))).toBe(expected[is]);
      },
    ),
  );
});
