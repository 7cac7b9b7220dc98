import type { Id } from '@nexomatic/contracts/id';
import type { AppLoadContext } from '@remix-run/server-runtime';
import { hubCall, hubTry } from '../frame/hub-call.server.ts';
import { historyBody } from './event-type-fields.ts';
import type { EventTypeTab } from './event-type-tabs.ts';
import { referredChoices } from './form-choices.server.ts';

/** What the open tab of an event type's page shows. */
export async function loadTab(context: AppLoadContext, id: Id<'eventType'>, tab: EventTypeTab) {
  const { eventTypes, actions, sinks } = context.caller;
  const eventType = await hubCall(context, () => eventTypes.get({ id }));
  switch (tab) {
    case 'overview': {
      const { sinkTypeId, actionId, name, parameters } = eventType;
      const chain = await hubCall(context, () => eventTypes.chain({ id }));
      const draft = { id, name, sinkTypeId, actionId, parameters };
      const { warnings } = await hubCall(context, () => eventTypes.check(draft));
      return { tab, eventType, chain, warnings };
    }
    case 'test': {
      const samples = await hubTry(context, () => eventTypes.samples({ id }));
      const known = await hubTry(context, () => sinks.list({ type: eventType.sinkType.name, limit: 100 }));
      const shown = known.done?.sinks.map(({ name, status }) => ({ name, status })) ?? [];
      return { tab, eventType, latest: samples.done?.latest?.text ?? null, sinks: shown };
    }
    case 'parameters': {
      const action = await hubCall(context, () => actions.get({ id: eventType.actionId }));
      return { tab, eventType, ofAction: action.parameters };
    }
    case 'schema': {
      const samples = await hubTry(context, () => eventTypes.samples({ id }));
      return { tab, eventType, samples: samples.done ?? null };
    }
    case 'history': {
      const { versions } = await hubCall(context, () => eventTypes.versions({ id }));
      const choices = await referredChoices(context);
      const shown = versions.map((one) => ({ ...one, body: historyBody(one.body, choices) }));
      return { tab, eventType, versions: shown };
    }
    default:
      return tab satisfies never;
  }
}
