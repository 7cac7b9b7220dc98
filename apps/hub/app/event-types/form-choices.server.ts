import type { AppLoadContext } from '@remix-run/server-runtime';
import type { Choice } from '../components/form/combobox-field.tsx';
import { eventTypeChoices } from '../definitions/event-type-choices.server.ts';
import { hubCall } from '../frame/hub-call.server.ts';
import { secretChoices } from '../parameters/secret-choices.server.ts';
import type { SecretChoice } from '../parameters/secret-picker.tsx';

/** What the fields of an event type can refer to. */
export interface FormChoices {
  sinkTypes: Choice[];
  actions: Choice[];
  eventTypes: Choice[];
  secrets: SecretChoice[];
}

/** Sink types and actions of the tenant by name; 200 of each, which is as many as a list to pick from can hold. */
export async function referredChoices(context: AppLoadContext): Promise<Pick<FormChoices, 'sinkTypes' | 'actions'>> {
  const { sinkTypes, actions } = context.caller;
  const types = await hubCall(context, () => sinkTypes.list({ limit: 200 }));
  const known = await hubCall(context, () => actions.list({ limit: 200 }));
  return {
    sinkTypes: types.sinkTypes.map(({ id, name, runtime }) => ({ value: id, label: name, hint: runtime })),
    actions: known.actions.map(({ id, name, module }) => ({ value: id, label: name, hint: module })),
  };
}

export async function formChoices(context: AppLoadContext): Promise<FormChoices> {
  return {
    ...(await referredChoices(context)),
    eventTypes: await eventTypeChoices(context),
    secrets: await secretChoices(context),
  };
}
