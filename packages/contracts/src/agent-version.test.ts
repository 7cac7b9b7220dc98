import { describe, expect, test } from 'vitest';
import { isOlder, refusalOfAgent } from './agent-version.ts';

describe('an agent', () => {
  const hub = { oldest: '1.4.2', hub: '1.10.0' };

  test.each(['1.4.2', '1.4.10', '1.5.0', '1.10.0', '1.99.0', '1.4.2-rc.1', '1.4.2+build'])(
    'of %s is taken',
    (agent) => {
      expect(refusalOfAgent(agent, hub)).toBeNull();
    },
  );

  test.each([
    ['1.4.1', 'which is too old'],
    ['1.3.99', 'which is too old'],
    ['0.9.0', 'which is too old'],
    ['2.0.0', 'which is too new'],
    ['1', 'does not say which version it is'],
    ['', 'does not say which version it is'],
    ['v1.5.0', 'does not say which version it is'],
    [`1.5.${'9'.repeat(30)}`, 'does not say which version it is'],
  ])('of %j is refused by what the hub takes', (agent, why) => {
    const text = refusalOfAgent(agent, hub);
    expect(text).toContain('This hub is 1.10.0 and takes agents from 1.4.2 to any 1.x; this one ');
    expect(text).toContain(why);
  });
});

test('versions are compared number by number', () => {
  expect([isOlder('1.9.0', '1.10.0'), isOlder('1.10.0', '1.9.0'), isOlder('1.9.0', '1.9.0')]).toEqual([
    true,
    false,
    false,
  ]);
});
