import { fakeClock } from '@nexomatic/clock';
import { newId } from '@nexomatic/contracts/id';
import { expect, test } from 'vitest';
import { createTenantRate } from './tenant-rate.ts';

test('a tenant may send twice its rate at once, then its rate, and others are unaffected', () => {
  const clock = fakeClock();
  const take = createTenantRate(10, clock);
  const [tenant, other] = [newId('tenant'), newId('tenant')];
  const takeMany = (n: number) => Array.from({ length: n }, () => take(tenant)).filter((wait) => wait === null).length;
  expect(takeMany(50)).toBe(20);
  expect(take(tenant)).toBe(1);
  expect(take(other)).toBeNull();
  clock.advance(1_000);
  expect(takeMany(50)).toBe(10);
  clock.advance(3_600_000);
  expect(takeMany(50)).toBe(20);
});
