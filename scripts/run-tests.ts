import { join, relative, resolve } from 'node:path';
import { buildWebApp } from '../packages/cli/src/dev/build-web-app.ts';
import { installMissing, systemNeeds } from '../packages/cli/src/infrastructure/install-packages.ts';
import { createSteps, StepError } from '../packages/cli/src/steps.mjs';
import { runChecks } from './checks.ts';
import { runVitest } from './vitest.ts';

/**
 * `npm test`: what the tests need of the system, the built pages, every check, every test; what passed by luck is named. Arguments go to vitest
 * (`npm test -- --project unit packages/clock`), which then runs alone.
 */
const root = resolve(import.meta.dirname, '..');
const logFolder = join(root, '.nexomatic', 'log');
const steps = createSteps({ env: process.env });
const chosen = process.argv.slice(2);
let failed = 0;

const missing = await installMissing(['database', 'redis', 'python', 'browser'], steps, logFolder);
if (missing.length > 0) {
  const packages = missing.flatMap((need) => systemNeeds[need].packages).join(' ');
  steps.fault(
    new StepError(
      `The tests need ${missing.map((need) => systemNeeds[need].what).join(', ')}, which could not be installed here.`,
      {
        fix: [
          `Install it and run the command again, on Debian:  sudo apt-get install -y --no-install-recommends ${packages}`,
        ],
      },
    ),
  );
  failed += missing.length;
}

try {
  await buildWebApp(steps, join(logFolder, 'build.log'));
} catch (error) {
  steps.fault(error);
  failed += 1;
}
if (chosen.length === 0) failed += await runChecks(root, steps);

const tests = await runVitest(root, chosen);
failed += tests.failed;
const skipped = tests.skipped > 0 ? `, ${tests.skipped} skipped` : '';
process.exitCode = failed > 0 ? 1 : 0;
for (const test of tests.flaky) steps.line(`flaky: ${relative(root, test)} (passed only when tried again)`);
steps.line(`\n${tests.passed} passed, ${failed} failed${skipped}`);
