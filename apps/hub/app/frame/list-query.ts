/** What the address of a list by name says: the text that is looked for, and where the page begins. */
export function listQuery(request: Request): { search?: string; cursor?: string } {
  const query = new URL(request.url).searchParams;
  const [search, cursor] = [query.get('search'), query.get('cursor')];
  return { ...(search ? { search } : {}), ...(cursor ? { cursor } : {}) };
}
