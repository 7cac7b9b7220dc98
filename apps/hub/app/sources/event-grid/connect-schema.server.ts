import type { EventGridSettings } from '@nexomatic/contracts/event-grid-settings';
import { idSchema } from '@nexomatic/contracts/id';
import { z } from 'zod';

const kinds = ['access_key', 'client_secret', 'managed_identity'] as const;

/** What the form of a connection sends; the hub checks what the names and ids look like. */
export const connectForm = z.object({
  namespaceUrl: z.string('Give the HTTP host name of the namespace.'),
  topic: z.string('Name the topic.'),
  subscription: z.string('Name the event subscription.'),
  auth: z.enum(kinds, 'Choose how the hub signs in.'),
  directoryId: z.string().optional(),
  clientId: z.string().optional(),
  credential: z.string().optional(),
  eventTypeId: z.optional(idSchema('eventType')),
  maxEvents: z.number('Give a number from 1 to 100.'),
  maxWaitSeconds: z.number('Give a number from 10 to 120.'),
  version: z.number(),
});
export type ConnectForm = z.infer<typeof connectForm>;

/** The same as the API takes it. Azure shows the host name alone, so that is what people paste. */
export function connectionOf(form: ConnectForm): { settings: EventGridSettings; credential?: string } {
  const { namespaceUrl: given, topic, subscription, maxEvents, maxWaitSeconds, credential } = form;
  const namespaceUrl = /^[a-z]+:\/\//i.test(given) ? given : `https://${given}`;
  const settings = { namespaceUrl, topic, subscription, auth: authOf(form), maxEvents, maxWaitSeconds };
  return { settings, ...(credential === undefined || form.auth === 'managed_identity' ? {} : { credential }) };
}

function authOf({ auth, directoryId = '', clientId }: ConnectForm): EventGridSettings['auth'] {
  if (auth === 'access_key') return { kind: auth };
  if (auth === 'client_secret') return { kind: auth, directoryId, clientId: clientId ?? '' };
  return { kind: auth, ...(clientId === undefined ? {} : { clientId }) };
}

/** Where the API's faults belong in the form. */
export const faultNames: Record<string, string> = {
  'settings.namespaceUrl': 'namespaceUrl',
  'settings.topic': 'topic',
  'settings.subscription': 'subscription',
  'settings.auth': 'auth',
  'settings.auth.kind': 'auth',
  'settings.auth.directoryId': 'directoryId',
  'settings.auth.clientId': 'clientId',
  'settings.maxEvents': 'maxEvents',
  'settings.maxWaitSeconds': 'maxWaitSeconds',
};
