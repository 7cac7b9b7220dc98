import type { MiddlewareHandler } from 'hono';
import type { HubApp } from './hub-app.ts';

/** Headers that every answer but the ingress' has; a handler that set one itself keeps it. */
export function securityHeaders(publicUrl: string): MiddlewareHandler<HubApp> {
  const headers: [string, string][] = [
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'same-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['x-frame-options', 'DENY'],
    // What a tenant's events say is nobody's to keep; the build's files set their own.
    ['cache-control', 'no-store'],
  ];
  if (publicUrl.startsWith('https:'))
    headers.push(['strict-transport-security', 'max-age=31536000; includeSubDomains']);
  return async (context, next) => {
    await next();
    const answer = context.res.headers;
    for (const [name, value] of headers) if (!answer.has(name)) answer.set(name, value);
  };
}

/**
 * What a page may load and run: its own files, and scripts and styles that carry this answer's nonce. Style attributes are
 * let through, because React writes them for widths and positions, and they can neither load nor run anything.
 */
export const contentSecurityPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
