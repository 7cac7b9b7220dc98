import { prepareAndRun } from './prepare.mjs';

await prepareAndRun('packages/cli/src/main.ts', ['dev', ...process.argv.slice(2)]);
