import * as z from 'zod';

/**
 * What a source of kind EVENT_GRID pulls from: one subscription (queue delivery) of a topic of an Azure Event Grid namespace.
 * One document, kept as JSON with the source; the credential is kept apart from it.
 */

/** Azure allows letters, digits and hyphens, 3 to 50 of them, in names of topics and of event subscriptions. */
const azureName = z.string().regex(/^[A-Za-z0-9-]{3,50}$/, '3 to 50 letters, digits and hyphens');
const uuid = z
  .string()
  .regex(
    /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/,
    'an id such as 72f988bf-86f1-41af-91ab-2d7cd011db47',
  );

export const eventGridAuthSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('access_key') }).describe('one of the two keys of the namespace'),
  z
    .strictObject({
      kind: z.literal('client_secret'),
      directoryId: uuid.describe('directory (tenant) id of Microsoft Entra'),
      clientId: uuid.describe('application (client) id'),
    })
    .describe('an app registration with the role EventGrid Data Receiver, and its secret'),
  z
    .strictObject({
      kind: z.literal('managed_identity'),
      clientId: uuid.optional().describe('of a user-assigned identity; the machine’s own where left out'),
    })
    .describe('the identity of the machine that the hub runs on; only where the installation lends it'),
]);
export type EventGridAuth = z.infer<typeof eventGridAuthSchema>;

export const eventGridSettingsSchema = z.strictObject({
  namespaceUrl: z
    .url({ protocol: /^https?$/, error: 'an address such as https://orders.westeurope-1.eventgrid.azure.net' })
    .max(300)
    .describe('HTTP host name of the namespace, with https:// in front'),
  topic: azureName,
  subscription: azureName,
  auth: eventGridAuthSchema,
  maxEvents: z.int().min(1).max(100).default(50).describe('events that one poll takes at most'),
  maxWaitSeconds: z.int().min(10).max(120).default(60).describe('how long Azure holds a poll that finds nothing'),
});
export type EventGridSettings = z.infer<typeof eventGridSettingsSchema>;
