import type { AppLoadContext } from '@remix-run/server-runtime';
import { eventTypeChoices } from '../definitions/event-type-choices.server.ts';
import { hubCall, hubTry } from '../frame/hub-call.server.ts';

/** What a form of a secret needs: the key that its value is sealed to, and what can be granted. */
export async function loadSecretForm(context: AppLoadContext) {
  const { tenantId, keyId, key } = await hubCall(context, () => context.caller.secrets.key({}));
  return { tenantId, tenantKey: { keyId, key }, choices: await grantChoices(context) };
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

/** The sinks that a secret can be tried on, those that are there first. */
export async function sinksToAsk(context: AppLoadContext) {
  const { done } = await hubTry(context, () => context.caller.sinks.list({ limit: 200 }));
  const sinks = (done?.sinks ?? []).map(({ id, name, status }) => ({ id, name, online: status === 'ONLINE' }));
  return sinks.sort((one, other) => Number(other.online) - Number(one.online));
}
