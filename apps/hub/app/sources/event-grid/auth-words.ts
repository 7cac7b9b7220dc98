import type { EventGridAuth } from '@nexomatic/contracts/event-grid-settings';

/** How each way to sign in to Azure is called, and what it needs. */
export const authWords: Record<EventGridAuth['kind'], { word: string; help: string }> = {
  access_key: { word: 'Access key', help: 'One of the two keys of the namespace, under Settings → Access keys.' },
  client_secret: {
    word: 'App registration',
    help: 'An application of Microsoft Entra with the role EventGrid Data Receiver on the subscription, and its client secret.',
  },
  managed_identity: {
    word: 'Managed identity',
    help: 'The identity of the Azure machine that the hub runs on. The installation has to lend it (NEXOMATIC_EVENT_GRID_IDENTITY).',
  },
};

export const authKinds = ['access_key', 'client_secret', 'managed_identity'] as const satisfies EventGridAuth['kind'][];
