import { prepareAndRun } from './prepare.mjs';

await prepareAndRun('packages/cli/src/main.ts', ['stop', ...process.argv.slice(2)]);
