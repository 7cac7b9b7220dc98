import { hash, timingSafeEqual } from 'node:crypto';
import { problem } from '@nexomatic/contracts/error-code';
import type { InstanceArchive, InstanceEdge } from '@nexomatic/contracts/instance-api';
import type { Hono } from 'hono';
import { readInstanceBuffer } from '#server/buffer/read-buffer.ts';
import { readInstanceArchive } from '#server/instance/read-health.ts';
import type { Services } from '#server/services.ts';
import type { Authenticate } from './authenticate.ts';
import { logPrincipal } from './call-context.ts';
import type { HubApp, HubContext } from './hub-app.ts';
import { problemResponse } from './problem-response.ts';

/**
 * What waits at the edge and whether logs are archived, in the text form of Prometheus: for whoever shows NEXOMATIC_METRICS_TOKEN, and for administrators of the
 * hub. Others are told that there is nothing.
 */
export function mountMetrics(
  app: Hono<HubApp>,
  { services, authenticate }: { services: Services; authenticate: Authenticate },
): void {
  app.get('/metrics', async (context) => {
    if (!(await mayRead(context))) {
      const detail = 'There is nothing at /metrics.';
      return problemResponse(problem('not_found', detail, { requestId: context.get('requestId') }));
    }
    const [edge, archive] = await Promise.all([readInstanceBuffer(services), readInstanceArchive(services)]);
    const { text, contentType } = await metricsOf({ edge, archive, now: services.clock.now() });
    return context.body(text, 200, { 'content-type': contentType });
  });

  async function mayRead(context: HubContext): Promise<boolean> {
    const { metricsToken } = services.env;
    const shown = /^Bearer (.+)$/i.exec(context.req.header('authorization') ?? '')?.[1];
    if (shown !== undefined) return metricsToken !== null && isSame(shown, metricsToken);
    const principal = await authenticate.session(context.req.raw, null);
    logPrincipal(context, principal);
    return principal?.instanceAdmin === true;
  }
}

/** Hashed first, so that neither time nor an error tells how long the token is. */
const isSame = (shown: string, token: string): boolean =>
  timingSafeEqual(hash('sha256', shown, 'buffer'), hash('sha256', token, 'buffer'));

/** A source that is gone has no name; what it left is counted together. */
const gone = { tenant: '', source: '(deleted)' };

/** Its code is loaded when somebody first reads metrics: most hubs are never asked. */
async function metricsOf({
  edge,
  archive,
  now,
}: {
  edge: InstanceEdge;
  archive: InstanceArchive;
  now: number;
}): Promise<{ text: string; contentType: string }> {
  const { Gauge, Registry } = await import('prom-client');
  const registry = new Registry();
  const gauge = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['tenant', 'source'], registers: [registry] });
  const failing = new Gauge({
    name: 'nexomatic_archive_failing_seconds',
    help: 'For how long the store of old logs has been failing; 0 while it works.',
    registers: [registry],
  });
  failing.set(archive.fault ? Math.max(0, (now - Date.parse(archive.fault.since)) / 1_000) : 0);
  if (edge.state !== 'none') {
    const reachable = new Gauge({
      name: 'nexomatic_edge_reachable',
      help: 'Whether the edge answers this hub; while it does not, the other figures of it are missing.',
      registers: [registry],
    });
    reachable.set(edge.state === 'reachable' ? 1 : 0);
  }
  const waiting = gauge('nexomatic_edge_buffer_waiting', 'Requests that the edge holds for the hub.');
  const bytes = gauge('nexomatic_edge_buffer_waiting_bytes', 'Bytes of their bodies.');
  const age = gauge('nexomatic_edge_buffer_oldest_age_seconds', 'How long ago the oldest of them was received.');
  const dead = gauge('nexomatic_edge_dead_letters', 'Held requests that could not be delivered and wait for a person.');
  // From the youngest on, so that of what is counted together the oldest stays.
  for (const one of edge.sources.toReversed()) {
    const labels = one.source ? { tenant: one.source.tenant, source: one.source.name } : gone;
    waiting.inc(labels, one.waiting);
    bytes.inc(labels, one.waitingBytes);
    dead.inc(labels, one.deadLetters);
    const seconds = one.oldestAt === null ? 0 : Math.max(0, (now - Date.parse(one.oldestAt)) / 1_000);
    age.set(labels, seconds);
  }
  return { text: await registry.metrics(), contentType: registry.contentType };
}
