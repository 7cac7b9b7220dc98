import type { Hono } from 'hono';
import type { EdgeState } from '#server/buffer/edge-buffer.ts';
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
    const status = readiness.ready ? 'ready' : 'unready';
    const edge = edgeDetail(services.edgeBuffer.lastHeard());
    return context.json({ status, checks: readiness.checks, ...edge }, readiness.ready ? 200 : 503);
  });

  app.get('/version', (context) => context.json({ name: 'nexomatic-hub', version: hubVersion, node: process.version }));
}

/**
 * What was last heard of the edge. Told beside the checks and not one of them: an edge asks its hub whether it is ready, and a hub
 * that waited for its edge in turn would never be. It was asked before; nobody waits for it here.
 */
function edgeDetail(heard: EdgeState | null) {
  switch (heard?.state) {
    case undefined:
    case 'none':
      return {};
    case 'unreachable':
      return { edge: { state: heard.state, problem: heard.problem } };
    case 'reachable': {
      const total = (of: 'waiting' | 'deadLetters') => heard.sources.reduce((sum, source) => sum + source[of], 0);
      return { edge: { state: heard.state, waiting: total('waiting'), deadLetters: total('deadLetters') } };
    }
    default:
      return heard satisfies never;
  }
}
