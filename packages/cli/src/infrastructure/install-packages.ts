import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { env } from '../env.ts';
import { runLogged } from '../processes/run-logged.mjs';
import type { Steps } from '../steps.mjs';
import { findProgram } from './find-program.ts';
import { pythonIsHere } from './python-here.ts';
import { findDatabaseProgram } from './start-database.ts';
import { findRedisProgram } from './start-redis.ts';

/**
 * What may be needed of the system, and Debian's packages for it: programs only, none that starts a service.
 * (mariadb-install-db calls my_print_defaults, which is in the client's core package.)
 */
export const systemNeeds = {
  database: {
    what: 'MySQL or MariaDB',
    packages: ['mariadb-server-core', 'mariadb-client-core'],
    found: async () => findDatabaseProgram() !== undefined,
  },
  redis: {
    what: 'Redis or Valkey',
    packages: ['redis-tools'],
    found: async () => findRedisProgram() !== undefined,
  },
  python: {
    what: 'Python 3.9 or newer',
    packages: ['python3'],
    found: pythonIsHere,
  },
  browser: {
    what: 'Chromium',
    packages: ['chromium'],
    found: async () => findProgram('chromium', 'chromium-browser', 'google-chrome') !== undefined,
  },
} as const;

export type SystemNeed = keyof typeof systemNeeds;

/** How to call apt-get here, undefined where there is none or where it would ask for a password. */
function aptGet(): { file: string; args: string[] } | undefined {
  const apt = findProgram('apt-get');
  if (!apt) return undefined;
  if (process.getuid?.() === 0) return { file: apt, args: [] };
  const sudo = findProgram('sudo');
  if (!sudo) return undefined;
  try {
    execFileSync(sudo, ['-n', 'true'], { stdio: 'ignore' });
    return { file: sudo, args: ['-n', 'DEBIAN_FRONTEND=noninteractive', apt] };
  } catch {
    return undefined; // it asks for a password
  }
}

/**
 * Installs what is missing with apt-get, where that works without a question. Gives the needs that are still open;
 * what is there already is left as it is.
 */
export async function installMissing(needs: SystemNeed[], steps: Steps, logFolder: string): Promise<SystemNeed[]> {
  const missing = await notFound(needs);
  const apt = missing.length > 0 ? aptGet() : undefined;
  if (!apt) return missing;
  const packages = missing.flatMap((need) => systemNeeds[need].packages);
  const step = steps.step('packages', `apt-get install ${packages.join(' ')}`);
  const run = (args: string[], name: string) =>
    runLogged(apt.file, [...apt.args, '-o', 'DPkg::Lock::Timeout=120', ...args], {
      what: `apt-get ${args[0]}`,
      logFile: join(logFolder, `${name}.log`),
      env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
      onLine: (line) => {
        const seen = /^(?:Get:\d+|Unpacking|Setting up) .*$/.exec(line);
        if (seen) step.detail(seen[0].slice(0, 60));
      },
    });
  const install = () => run(['install', '-y', '--no-install-recommends', ...packages], 'apt-install');
  try {
    // The package lists are fetched only when installing with the present ones fails (a fresh image has none).
    await install().catch(async () => {
      await run(['update'], 'apt-update');
      await install();
    });
    step.done(`${packages.join(' ')} installed with apt-get`);
  } catch {
    step.skip(`apt-get could not install ${packages.join(' ')}: ${join(logFolder, 'apt-install.log')}`);
  }
  return notFound(missing);
}

async function notFound(needs: SystemNeed[]): Promise<SystemNeed[]> {
  const found = await Promise.all(needs.map((need) => systemNeeds[need].found()));
  return needs.filter((_, index) => !found[index]);
}
