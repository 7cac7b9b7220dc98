import { fileURLToPath } from 'node:url';
import type { Logger } from '@nexomatic/logger';
import { createBackground } from '#server/background/background.ts';
import { createLoop } from '#server/background/loop.ts';
import type { HubEnv } from '#server/env.ts';
import { checkKeyring } from '#server/keyring/check-fingerprint.ts';
import { migrateDatabase } from '#server/migrate-database.ts';
import { createServices } from '#server/services.ts';
import { announceSetup } from '#server/setup/setup-link.ts';
import { writeEveryMs } from '#server/stats/count-events.ts';
import { clientFiles, createRemixHandler, loadRemixBuild } from './remix.ts';
import { createServer } from './server.ts';

const buildFolder = fileURLToPath(new URL('../build/', import.meta.url));

/**
 * Runs a hub until it is told to stop. SIGTERM and SIGINT: no new connections, requests under way are finished, the
 * duties end after their round, what was committed is dispatched; then the process ends with status 0.
 */
export async function serve(env: HubEnv, logger: Logger): Promise<void> {
  await migrateDatabase(env, logger);
  const services = await createServices(env, logger);
  await checkKeyring(services);
  const background = env.role === 'web' ? null : createBackground(services);
  const counting = createLoop(
    {
      name: 'counts-write',
      everyMs: writeEveryMs,
      async runOnce() {
        await Promise.all([services.eventCounters.write(), services.requestCounters.write()]);
        return false;
      },
    },
    logger,
  );
  const web =
    env.role === 'background'
      ? null
      : createServer({
          services,
          remix: createRemixHandler({ build: await loadRemixBuild(buildFolder), mode: 'production', logger }),
          files: clientFiles(buildFolder),
        });

  counting.start();
  background?.start();
  await web?.listen();
  if (web) await announceSetup(services);
  logger.info({ role: env.role, url: env.publicUrl, database: services.db.serverVersion }, 'hub.started');

  let stopping = false;
  async function stop(signal: string): Promise<void> {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'hub.stopping');
    await web?.close();
    await background?.stop();
    await counting.stop();
    await services.close();
    logger.info('hub.stopped');
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      stop(signal).then(
        // Not left to the event loop: a page that was being streamed leaves a timer of five seconds behind.
        () => process.exit(0),
        (error: unknown) => {
          logger.fatal({ err: error }, 'hub.stop_failed');
          process.exit(1);
        },
      );
    });
  }
}
