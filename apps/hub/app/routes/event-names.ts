import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { isNamedKey, type NamedKey } from '../events/suggest.ts';
import { hubCall, notFound, requireMember } from '../frame/hub-call.server.ts';

/** What the suggestions are made of. */
export interface KnownNames {
  names: string[];
  /** Of event types: the paths into their payloads that can be searched by. */
  searchKeys: string[];
}

const limit = 20;

/** Names that begin with or contain a text, for the suggestions of the filter; of event types their search keys as well. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  requireMember(context);
  const query = new URL(request.url).searchParams;
  const of = query.get('of');
  if (!isNamedKey(of)) throw notFound(context.requestId);
  const search = (query.get('search') ?? '').replace(/\*$/, '').slice(0, 100);
  return Response.json(await hubCall(context, () => find(of)));

  async function find(key: NamedKey): Promise<KnownNames> {
    const { caller } = context;
    const namesOf = (things: { name: string }[]): string[] => things.map(({ name }) => name);
    switch (key) {
      case 'type': {
        const { eventTypes } = await caller.eventTypes.list({ search, limit });
        const searchKeys = [...new Set(eventTypes.flatMap((type) => type.searchKeys))].sort();
        return { names: namesOf(eventTypes), searchKeys };
      }
      case 'source':
        return { names: namesOf((await caller.sources.list({ search, limit })).sources), searchKeys: [] };
      case 'sink':
        return { names: namesOf((await caller.sinks.list({ search, limit })).sinks), searchKeys: [] };
    }
  }
}
