import { createHmac, randomUUID } from 'node:crypto';
import { systemClock } from '@nexomatic/clock';

/** The headers with which a sender of Standard Webhooks signs a body, as of now. */
export function standardWebhook(secret: string, body: string): Record<string, string> {
  const id = `msg_${randomUUID()}`;
  const seconds = Math.floor(systemClock.now() / 1_000);
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  };
}
