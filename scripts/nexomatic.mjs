import { prepareAndRun } from './prepare.mjs';

await prepareAndRun('packages/cli/src/main.ts', process.argv.slice(2));
