import { prepareAndRun } from './prepare.mjs';

await prepareAndRun('packages/bench/src/main.ts', process.argv.slice(2));
