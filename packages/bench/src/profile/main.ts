import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CpuProfile, selfTimes } from './self-times.ts';

/** Prints where the time of each CPU profile in a folder went: `node packages/bench/src/profile/main.ts <folder> [rows]`. */
const [folder, rows = '30'] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('usage: node packages/bench/src/profile/main.ts <folder with .cpuprofile files> [rows]\n');
  process.exit(2);
}
for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
  const profile = JSON.parse(readFileSync(join(folder, file), 'utf8')) as CpuProfile;
  for (const by of ['package', 'function'] as const) {
    const times = selfTimes(profile, by);
    const whole = times.reduce((sum, { micros }) => sum + micros, 0);
    const lines = times
      .slice(0, by === 'package' ? 15 : Number(rows))
      .map(({ where, micros }) => `${((100 * micros) / whole).toFixed(1).padStart(6)} %  ${where}`);
    process.stdout.write(`\n${file}, ${(whole / 1e6).toFixed(1)} s busy, by ${by}\n${lines.join('\n')}\n`);
  }
}
