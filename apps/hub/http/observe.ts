import type { Clock } from '@nexomatic/clock';
import type { Logger } from '@nexomatic/logger';
import type { MiddlewareHandler } from 'hono';
import type { HubApp } from './hub-app.ts';
import { requestIdOf, traceIdOf } from './request-id.ts';

/** Asked every few seconds by whatever watches the hub. */
const quietPaths = new Set(['/healthz', '/readyz', '/version']);

/**
 * Gives each request its id, and afterwards writes one wide line about it. The query is left out, because sign-in links
 * carry their token there.
 */
export function observe(logger: Logger, clock: Clock): MiddlewareHandler<HubApp> {
  return async (context, next) => {
    const startedAt = clock.monotonic();
    const { method, path } = context.req;
    const requestId = requestIdOf(context.req.header('x-request-id'));
    context.set('requestId', requestId);
    context.set('logFields', {});
    await next();
    // On the answer itself: Hono's own `header` makes a new answer, and a stream of its body, once there is one.
    context.res.headers.set('x-request-id', requestId);
    const { status } = context.res;
    const level = status >= 500 ? 'error' : quietPaths.has(path) ? 'debug' : 'info';
    if (!logger.isLevelEnabled(level)) return;
    const traceId = traceIdOf(context.req.header('traceparent'));
    const ms = Math.round((clock.monotonic() - startedAt) * 10) / 10;
    const fields = { requestId, ...(traceId ? { traceId } : {}), method, path, status, ms };
    logger[level]({ ...fields, ...context.get('logFields') }, 'request.handled');
  };
}
