import type { Clock } from '@nexomatic/clock';
import type { EnvelopeKey } from '@nexomatic/signature/edge-envelope';
import { signCall } from '@nexomatic/signature/signed-call';

export interface HubCallDeps {
  /** Base address of the hub; a path in it is kept. */
  hubUrl: string;
  key: EnvelopeKey;
  fetch: typeof fetch;
  clock: Clock;
}

const encoder = new TextEncoder();

/** Calls the hub, signed, and gives its answer as JSON of unknown form. Throws when it can't be had, and says why. */
export async function callHub(deps: HubCallDeps, path: string, input: unknown, timeoutMs: number): Promise<unknown> {
  const { hubUrl, key, fetch, clock } = deps;
  const body = new Uint8Array(encoder.encode(JSON.stringify(input)));
  const signature = await signCall(key, { path, sentAt: clock.now() }, body);
  const response = await fetch(hubUrl.replace(/\/+$/, '') + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signature },
    body,
    redirect: 'manual',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the hub answered ${response.status} at ${path}`);
  return JSON.parse(text);
}
