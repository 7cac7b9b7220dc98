/** What the address of a list by name asks for. */
export function listQuery(request: Request): { search?: string; cursor?: string } {
  const query = new URL(request.url).searchParams;
  const search = query.get('search')?.slice(0, 100);
  const cursor = query.get('cursor');
  return { ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) };
}
