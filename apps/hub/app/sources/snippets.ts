/** The same by program (R16): what sends a first request to a webhook, and what fires an event with an API token. */

export const testCurl = (address: string): string => `curl -d '{"name":"Ada"}' ${address}`;

export const testFetch = (address: string): string => `await fetch('${address}', {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ name: 'Ada' }),
});`;

export const fireCurl = (hubUrl: string, source: string): string =>
  `curl ${hubUrl}/api/v1/events \\
  -H "authorization: Bearer $NEXOMATIC_TOKEN" -H 'content-type: application/json' \\
  -d '{"type":"EVENT-TYPE","payload":{"name":"Ada"},"source":"${source}"}'`;

export const fireByClient = (hubUrl: string, source: string): string =>
  `import { createNexomatic } from '@nexomatic/client/nexomatic';

const hub = createNexomatic({ url: '${hubUrl}', token: process.env.NEXOMATIC_TOKEN ?? '' });
await hub.fire('EVENT-TYPE', { name: 'Ada' }, { source: '${source}' });`;
