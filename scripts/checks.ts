import { join } from 'node:path';
import { runLogged } from '../packages/cli/src/processes/run-logged.mjs';
import { StepError, type Steps } from '../packages/cli/src/steps.mjs';

interface Check {
  name: string;
  what: string;
  /** A program, as a path from the root, and its arguments. */
  program: string;
  args: string[];
  fix: string[];
}

const tsc = 'node_modules/typescript/bin/tsc';

const checks: Check[] = [
  {
    name: 'lint',
    what: 'Format and lint (Biome)',
    program: 'node_modules/@biomejs/biome/bin/biome',
    args: ['ci', '--colors=off', '--error-on-warnings', '--max-diagnostics=100', '.'],
    fix: ['Most findings are mended by:  npm run fix'],
  },
  ...['.', 'apps/hub/app', 'workers/edge', 'workers/edge/testing'].map((project) => ({
    name: 'types',
    what: `Types of ${project === '.' ? 'the Node code' : project} (tsc)`,
    program: tsc,
    args: ['--pretty', 'false', '-p', project],
    fix: [],
  })),
  {
    name: 'edge',
    what: 'Bundle of the Worker, and whether it could be deployed (Wrangler)',
    program: 'scripts/run-edge-deploy.ts',
    args: ['--dry-run'],
    fix: [],
  },
  {
    name: 'unused',
    what: 'Unused files, exports and dependencies (Knip)',
    program: 'node_modules/knip/bin/knip.js',
    args: ['--no-progress', '--no-config-hints'],
    fix: [],
  },
];

/** Everything that is checked without running the product; each failure is told, none hides another. */
export async function runChecks(root: string, steps: Steps): Promise<number> {
  const results = await Promise.allSettled(
    checks.map(({ name, what, program, args, fix }, number) => {
      const file = join(root, program);
      const logFile = join(root, '.nexomatic', 'log', `check-${number}-${name}.log`);
      const run = () => runLogged(process.execPath, [file, ...args], { what, logFile, cwd: root, fix, lastLines: 60 });
      return steps.during(name, what, run, () => what);
    }),
  );
  const failed = results.filter((result) => result.status === 'rejected');
  for (const { reason } of failed) steps.fault(reason instanceof StepError ? reason : new Error(String(reason)));
  return failed.length;
}
