import type { BlackoutSummary } from '@nexomatic/contracts/blackout-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, isId } from '@nexomatic/contracts/id-form';
import type { inferRouterInputs } from '@trpc/server';
import { eachOf } from './each-of.ts';
import type { AppRouter, HubClient } from './hub-client.ts';
import { told } from './refusal.ts';

type Inputs = inferRouterInputs<AppRouter>['blackouts'];
type ListBlackouts = Inputs['list'];
type NewBlackout = Inputs['create'];

/** Windows in which schedules skip their runs. A blackout is named by its id, or by its name if no other has the same. */
export interface Blackouts {
  /** One page, in the order in which they were made. */
  list(query?: ListBlackouts): Promise<{ blackouts: BlackoutSummary[]; nextCursor: string | null }>;
  /** All of them, page by page as they are asked for. */
  each(query?: Omit<ListBlackouts, 'cursor'>): AsyncGenerator<BlackoutSummary, void, void>;
  get(blackout: string): Promise<BlackoutSummary>;
  /** Without `scheduleId` it holds for every schedule of the tenant. */
  create(blackout: NewBlackout): Promise<BlackoutSummary>;
  /** Changes the named fields alone; a `conflict` if somebody else changed it at the same time. */
  change(blackout: string, fields: Partial<NewBlackout>): Promise<BlackoutSummary>;
  delete(blackout: string): Promise<void>;
}

/** The part of the client that is about blackouts. */
export function createBlackouts({ blackouts }: HubClient): Blackouts {
  const get = async (blackout: string): Promise<BlackoutSummary> =>
    isId('blackout', blackout) ? told(blackouts.get.query({ id: blackout })) : named(blackout);

  const each = (query: Omit<ListBlackouts, 'cursor'> = {}): AsyncGenerator<BlackoutSummary, void, void> =>
    eachOf(async (from: { cursor?: Id<'blackout'> }) => {
      const page = await told(blackouts.list.query({ ...query, ...from }));
      return { items: page.blackouts, nextCursor: page.nextCursor };
    });

  async function named(name: string): Promise<BlackoutSummary> {
    const found: BlackoutSummary[] = [];
    for await (const one of each()) if (one.name === name) found.push(one);
    const [first] = found;
    if (!first) throw new NexomaticError('not_found', `There is no blackout ${name} here.`);
    if (found.length === 1) return first;
    throw new NexomaticError('conflict', `${found.length} blackouts are named ${name}; give the id of one.`);
  }

  return {
    list: (query = {}) => told(blackouts.list.query(query)),
    each,
    get,
    create: (blackout) => told(blackouts.create.mutate(blackout)),
    async change(blackout, fields) {
      const { id, version, name, scheduleId, window } = await get(blackout);
      return told(blackouts.update.mutate({ id, version, name, scheduleId, window, ...fields }));
    },
    delete: async (blackout) => told(blackouts.delete.mutate({ id: (await get(blackout)).id })),
  };
}
