import type { AppLoadContext } from '@remix-run/server-runtime';
import { eventTypeChoices } from '../definitions/event-type-choices.server.ts';
import { hubCall, hubTry } from '../frame/hub-call.server.ts';
import { type KeyHolder, keyHolder } from './end-to-end/key-holder.ts';

/** What a form of a secret needs: the keys that its value is sealed to, and what can be granted. */
export async function loadSecretForm(context: AppLoadContext, name?: string) {
  const { tenantId, keyId, key, sinks } = await hubCall(context, () =>
    context.caller.secrets.key(name === undefined ? {} : { name }),
  );
  return { tenantId, tenantKey: { keyId, key }, sealSinks: sinks, choices: await grantChoices(context) };
}

/** The sinks of the tenant by name, those that a secret can be granted to or tried on among them. */
export async function keyHolders(context: AppLoadContext): Promise<KeyHolder[]> {
  const { done } = await hubTry(context, () => context.caller.sinks.list({ limit: 200 }));
  return (done?.sinks ?? []).map(keyHolder);
}

/** What a secret can be granted to. */
async function grantChoices(context: AppLoadContext) {
  const { sinkTypes } = await hubCall(context, () => context.caller.sinkTypes.list({ limit: 200 }));
  return {
    eventTypes: await eventTypeChoices(context),
    sinkTypes: sinkTypes.map(({ id, name, runtime }) => ({ value: id, label: name, hint: runtime })),
  };
}

/** The same by id. */
export async function grantNames(context: AppLoadContext): Promise<Record<string, string>> {
  const { eventTypes, sinkTypes } = await grantChoices(context);
  return Object.fromEntries([...eventTypes, ...sinkTypes].map(({ value, label }) => [value, label]));
}
