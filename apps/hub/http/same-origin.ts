/** Methods that change nothing, so that another site's page may lead a browser to them. */
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that a browser may have been led to by another site's page is to be carried out. Browsers say where a
 * request comes from (`Sec-Fetch-Site`); for the few that don't, `Origin` must be the hub's own. What says neither is
 * no browser's, and is let through unless it carries the session cookie all the same.
 */
export function isFromOwnPages(request: Request, publicUrl: string, carriesSession: boolean): boolean {
  if (safeMethods.has(request.method)) return true;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = request.headers.get('origin');
  if (origin !== null) return origin === new URL(publicUrl).origin;
  return !carriesSession;
}
