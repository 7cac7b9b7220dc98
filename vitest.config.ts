import { defineConfig } from 'vitest/config';

/** Files that need more than Node itself: left out of the unit project, and each taken by one of the others. */
const beyondUnit = ['**/*.integration.test.ts', '**/*.edge.test.ts', '**/*.browser.test.ts', '**/*.browser.test.tsx'];
const elsewhere = ['**/node_modules/**', '**/build/**', '.tools/**', '.nexomatic/**'];

/** Starts one MariaDB and one Redis for the whole run, private and on free ports. */
const servers = './packages/testkit/src/global-setup.ts';

/**
 * How long a test may wait for what it asserts, and how long it may take: only a fault reaches these, so they are long enough
 * for a machine that is busy with something else. Vitest's own second for `expect.poll` is not.
 */
const expect = { poll: { timeout: 30_000 } };

export default defineConfig({
  test: {
    // Half of what runs here waits for a child process or a server: two workers keep two cores busy, more only
    // make leases and time-outs of one test wait for the work of another.
    maxWorkers: 2,
    // One project after the other (the edge's own settings make it the first), so that what starts processes and measures
    // leases does not share the cores with hundreds of unit tests.
    projects: [
      {
        test: {
          name: 'unit',
          expect,
          testTimeout: 30_000,
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...beyondUnit, ...elsewhere],
          sequence: { groupOrder: 1 },
        },
      },
      'workers/*/vitest.config.ts',
      {
        test: {
          name: 'integration',
          expect,
          include: ['**/*.integration.test.ts'],
          exclude: elsewhere,
          globalSetup: servers,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'browser',
          expect,
          include: ['**/*.browser.test.{ts,tsx}'],
          exclude: elsewhere,
          globalSetup: servers,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
