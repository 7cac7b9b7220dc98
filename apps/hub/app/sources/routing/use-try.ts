import type { Problem } from '@nexomatic/contracts/error-code';
import type { tryRoutesOutput } from '@nexomatic/contracts/request-api';
import { useFetcher } from '@remix-run/react';
import { useEffect } from 'react';
import type { z } from 'zod';
import type { Choice } from '../../components/form/combobox-field.tsx';
import type { RouteOutcome } from './route-card.tsx';
import type { RoutingDraft } from './routing-draft.ts';

/** Waits for the end of a word before it asks. */
const pauseMs = 350;

type Tried = z.infer<typeof tryRoutesOutput>;

/**
 * What the routes as they stand in the editor make of a kept request: asked anew a moment after each change. The outcomes
 * stand beside the routes that they were found for; while new ones are on the way, the old ones are kept. Without a request, or
 * without routes that could be tried, nothing is asked.
 */
export function useTry(requestId: string | null, routing: string | null) {
  const { submit, data, state } = useFetcher<{ tried?: Tried; problem?: Problem }>();
  useEffect(() => {
    if (requestId === null || routing === null) return;
    const timer = setTimeout(() => {
      submit({ intent: 'try', request: requestId, routing }, { method: 'post' });
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [requestId, routing, submit]);
  const answer = requestId === null ? undefined : data;
  return { tried: answer?.tried, problem: answer?.problem, busy: state !== 'idle' };
}

/** The outcome of each route; one that matches after the first is passed over where only the first fires. */
export function outcomesOf(tried: Tried | undefined, match: 'first' | 'all'): RouteOutcome[] {
  const first = tried?.routes.findIndex(({ matches }) => matches) ?? -1;
  return (tried?.routes ?? []).map(({ conditions, matches }, index) => ({
    conditions,
    matches,
    passedOver: matches && match === 'first' && index > first,
  }));
}

/** What the request would fire, by the names in the editor; null for a route that names no event type yet. */
export function firesOf(draft: RoutingDraft, outcomes: readonly RouteOutcome[], eventTypes: readonly Choice[]) {
  const nameOf = (id: string) => eventTypes.find(({ value }) => value === id)?.label ?? null;
  const chosen = draft.routes.filter((_, index) => outcomes[index]?.matches && !outcomes[index]?.passedOver);
  if (chosen.length > 0) return [...new Set(chosen.map(({ eventTypeId }) => nameOf(eventTypeId)))];
  return draft.eventTypeId === '' ? [] : [nameOf(draft.eventTypeId)];
}
