import { prepareAndRun } from './prepare.mjs';

await prepareAndRun('scripts/run-edge-deploy.ts', process.argv.slice(2));
