import { createLogger, type Logger } from '@nexomatic/logger';
import { type HubEnv, readEnv } from './env.ts';

/** The hub's command line; `usage` says what it takes. */

/** Exit status for a fault in the settings (EX_CONFIG of sysexits.h). */
const exitConfig = 78;
const usage = [
  'usage: main.ts serve [--role all|web|background]',
  '       main.ts migrate',
  '       main.ts setup-link                   prints the link by which the first person sets the hub up',
  '       main.ts sign-in-link --email <address>  prints a link that signs that person in once',
  '       main.ts seed-demo --credentials <file>',
];

function fail(lines: string[], status: number): never {
  process.stderr.write(`${lines.join('\n')}\n`);
  process.exit(status);
}

function settings(): { env: HubEnv; logger: Logger } {
  const outcome = readEnv();
  if (!outcome.ok)
    fail(['The hub can not start with these settings:', ...outcome.faults.map((f) => `  ${f}`)], exitConfig);
  const logger = createLogger('hub', outcome.env.logLevel);
  for (const warning of outcome.warnings) logger.warn({ warning }, 'settings.doubtful');
  return { env: outcome.env, logger };
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}

async function main(): Promise<void> {
  const command = process.argv[2];
  if (command === 'serve') {
    const { env, logger } = settings();
    const role = option('role') ?? env.role;
    if (role !== 'all' && role !== 'web' && role !== 'background') fail(usage, 2);
    const { serve } = await import('../http/serve.ts');
    await serve({ ...env, role }, logger);
  } else if (command === 'migrate') {
    const { env, logger } = settings();
    const { migrateDatabase } = await import('./migrate-database.ts');
    await migrateDatabase(env, logger);
  } else if (command === 'setup-link' || command === 'sign-in-link') {
    const { env, logger } = settings();
    const { printSetupLink, printSignInLink } = await import('./print-link.ts');
    const email = option('email');
    if (command === 'sign-in-link' && !email) fail(usage, 2);
    const told = await (email && command === 'sign-in-link'
      ? printSignInLink(env, logger, email)
      : printSetupLink(env, logger));
    if ('refusal' in told) fail([told.refusal], 1);
    process.stdout.write(`${told.link}\n`);
  } else if (command === 'seed-demo') {
    const { env, logger } = settings();
    const file = option('credentials');
    if (!file) fail(usage, 2);
    const { seedDemo } = await import('./demo/seed-demo.ts');
    process.stdout.write(`${JSON.stringify(await seedDemo({ env, logger, credentialsFile: file }))}\n`);
  } else fail(usage, 2);
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  fail([`The hub stopped: ${message}`, error instanceof Error && error.stack ? error.stack : ''], 1);
});
