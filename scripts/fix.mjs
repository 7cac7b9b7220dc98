import { prepareAndRun } from './prepare.mjs';

await prepareAndRun('node_modules/@biomejs/biome/bin/biome', ['check', '--write', ...process.argv.slice(2)]);
