import { credentialCases } from './cases/credential-cases.ts';
import { formCases } from './cases/form-cases.ts';
import { handshakeCases } from './cases/handshake-cases.ts';
import { jsonCases } from './cases/json-cases.ts';
import { packedCases } from './cases/packed-cases.ts';
import type { WebhookCase } from './webhook-case.ts';

/**
 * The answers that `/h/{sourceKey}` gives for what comes in, whoever mounts the handler: the Worker in workerd and a hub
 * itself run the same table, and the deliveries of `signed-deliveries.ts`.
 */
export const webhookCases: WebhookCase[] = [
  ...formCases,
  ...jsonCases,
  ...packedCases,
  ...credentialCases,
  ...handshakeCases,
];
