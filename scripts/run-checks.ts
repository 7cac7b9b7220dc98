import { resolve } from 'node:path';
import { createSteps } from '../packages/cli/src/steps.mjs';
import { runChecks } from './checks.ts';

/** `npm run check`: format, lint, types, unused code; no tests. */
const failed = await runChecks(resolve(import.meta.dirname, '..'), createSteps({ env: process.env }));
process.exitCode = failed > 0 ? 1 : 0;
