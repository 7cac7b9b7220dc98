import { defineConfig } from 'vitest/config';

/** Files that need more than Node itself: left out of the unit project, and each taken by one of the others. */
const beyondUnit = ['**/*.integration.test.ts', '**/*.edge.test.ts', '**/*.browser.test.ts', '**/*.browser.test.tsx'];
const elsewhere = ['**/node_modules/**', '**/build/**', '.tools/**', '.nexomatic/**'];

/** Starts one MariaDB and one Redis for the whole run, private and on free ports. */
const servers = './packages/testkit/src/global-setup.ts';

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
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...beyondUnit, ...elsewhere],
          sequence: { groupOrder: 1 },
        },
      },
      'workers/*/vitest.config.ts',
      {
        test: {
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          exclude: elsewhere,
          globalSetup: servers,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'browser',
          include: ['**/*.browser.test.{ts,tsx}'],
          exclude: elsewhere,
          globalSetup: servers,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
