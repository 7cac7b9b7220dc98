import type { Hono } from 'hono';
import { checkReady } from '#server/check-ready.ts';
import type { Services } from '#server/services.ts';
import { hubVersion } from '#server/version.ts';
import type { HubApp } from './hub-app.ts';

/** `/healthz`: the process is alive. `/readyz`: it can do its work. `/version`: what it is. */
export function mountHealth(app: Hono<HubApp>, services: Services, stopping: AbortSignal): void {
  app.get('/healthz', (context) => context.json({ status: 'alive' }));

  app.get('/readyz', async (context) => {
    if (stopping.aborted) return context.json({ status: 'stopping' }, 503);
    const readiness = await checkReady(services);
    if (!readiness.ready) context.set('logFields', { checks: readiness.checks });
    return context.json(
      { status: readiness.ready ? 'ready' : 'unready', checks: readiness.checks },
      readiness.ready ? 200 : 503,
    );
  });

  app.get('/version', (context) => context.json({ name: 'nexomatic-hub', version: hubVersion, node: process.version }));
}
