import { prepareAndRun } from './prepare.mjs';

await prepareAndRun('scripts/run-tests.ts', process.argv.slice(2));
