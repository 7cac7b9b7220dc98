import { defaultSourceSettings } from '@nexomatic/contracts/source-settings';
import type { CaseSource, WebhookCase, WebhookTarget } from '../webhook-case.ts';

export const { maxBodyBytes } = defaultSourceSettings.limits;
export const json = { 'content-type': 'application/json' };
export const ada = '{"name":"Ada"}';

type MakeRequest = WebhookCase['request'];

/** A POST to the source's address. */
export const post =
  (headers: Record<string, string>, body: BodyInit): MakeRequest =>
  ({ baseUrl, sourceKey }) =>
    new Request(`${baseUrl}/h/${sourceKey}`, { method: 'POST', headers, body });

/** A POST to another address, made of the source's key or not. */
export const postTo =
  (path: string | ((key: string) => string)): MakeRequest =>
  (target: WebhookTarget) =>
    new Request(target.baseUrl + (typeof path === 'string' ? path : path(target.sourceKey)), {
      method: 'POST',
      headers: json,
      body: ada,
    });

/** A request of that method, without a body. */
export const withMethod =
  (method: string, headers: Record<string, string> = {}, query = ''): MakeRequest =>
  ({ baseUrl, sourceKey }) =>
    new Request(`${baseUrl}/h/${sourceKey}${query}`, { method, headers });

/** A JSON string of that many bytes. */
export const jsonOfSize = (bytes: number): string => `"${'x'.repeat(bytes - 2)}"`;

/** A body that says nothing of its length beforehand. */
export function streamOf(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  let next = 0;
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks[next++];
      if (chunk) controller.enqueue(chunk);
      else controller.close();
    },
  });
}

/** A POST with such a body. */
export const postStream =
  (...chunks: Uint8Array[]): MakeRequest =>
  ({ baseUrl, sourceKey }) => {
    // Node asks for `duplex` where the body is a stream; the types don't know it.
    const init = { method: 'POST', headers: json, body: streamOf(...chunks), duplex: 'half' };
    return new Request(`${baseUrl}/h/${sourceKey}`, init as RequestInit);
  };

/** A source of these settings, with such secrets. */
export const source = (settings: CaseSource['settings'], ...secrets: string[]): CaseSource => ({ settings, secrets });
