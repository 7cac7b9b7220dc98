import { prepareAndRun } from './prepare.mjs';

await prepareAndRun('scripts/run-checks.ts', process.argv.slice(2));
