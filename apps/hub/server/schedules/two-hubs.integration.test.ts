import { testDatabase } from '@nexomatic/testkit/database';
import { expect, test } from 'vitest';
import { proveWithTwoHubs } from './testing/open-proof.ts';

const database = await testDatabase();

test('two hubs fire every due run of every schedule once, whichever of them, Redis or both are killed meanwhile', {
  timeout: 300_000,
}, async () => {
  const options = { database, schedules: 20, fires: 12, quietFires: 0, seed: 7, say: () => undefined };
  const { occurrences, missed, doubled, faults } = await proveWithTwoHubs(options);
  expect({ occurrences, missed, doubled }).toEqual({ occurrences: 240, missed: 0, doubled: 0 });
  expect(Object.keys(faults)).toHaveLength(4);
});
