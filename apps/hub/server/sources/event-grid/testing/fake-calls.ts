import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@nexomatic/clock';
import type { FakeQueue } from './fake-queue.ts';

export type Verb = 'receive' | 'acknowledge' | 'release' | 'reject' | 'renewLock';

interface Call {
  queue: FakeQueue;
  url: URL;
  verb: Verb | null;
  tokens: string[];
  secondMs: number;
  /** Ends with the caller's connection. */
  signal: AbortSignal;
  onWait(difference: 1 | -1): void;
}

interface Answer {
  status: number;
  json: string;
}

const refused = (status: number, code: string, message: string): Answer => ({
  status,
  json: JSON.stringify({ error: { code, message } }),
});

/** The answer to one authorized call. */
export async function respond(method: string, call: Call): Promise<Answer> {
  const { queue, url, verb } = call;
  if (url.searchParams.get('api-version') !== '2024-06-01') return refused(400, 'BadRequest', 'unknown api-version');
  if (verb === null) return refused(404, 'NotFound', 'The topic or event subscription does not exist');
  if (method !== 'POST') return refused(405, 'MethodNotAllowed', 'POST it');
  if (verb === 'receive') return receive(call);
  if (call.tokens.length === 0 || call.tokens.length > 100) return refused(400, 'BadRequest', '1 to 100 lock tokens');
  if (verb === 'acknowledge') return settled(call.tokens, queue.acknowledge);
  if (verb === 'reject') return settled(call.tokens, queue.reject);
  if (verb === 'renewLock') return settled(call.tokens, queue.renew);
  const delay = url.searchParams.get('releaseDelayInSeconds') ?? '0';
  if (!['0', '10', '60', '600', '3600'].includes(delay)) return refused(400, 'BadRequest', 'unknown delay');
  return settled(call.tokens, (token) => queue.release(token, Number(delay) * call.secondMs));
}

/** Waits for an event for as long as was asked, and answers with none at the end. */
async function receive({ queue, url, secondMs, signal, onWait }: Call): Promise<Answer> {
  const maxEvents = Number(url.searchParams.get('maxEvents') ?? 1);
  const maxWait = Number(url.searchParams.get('maxWaitTime') ?? 60);
  if (maxEvents < 1 || maxEvents > 100) return refused(400, 'BadRequest', 'maxEvents is 1 to 100');
  if (maxWait < 10 || maxWait > 120) return refused(400, 'BadRequest', 'maxWaitTime is 10 to 120');
  const until = systemClock.monotonic() + maxWait * secondMs;
  let taken = queue.take(maxEvents);
  onWait(1);
  try {
    while (taken.length === 0 && systemClock.monotonic() < until && !signal.aborted) {
      await changed(queue, signal);
      if (!signal.aborted) taken = queue.take(maxEvents);
    }
  } finally {
    onWait(-1);
  }
  const value = taken.map(
    ({ lockToken, deliveryCount, json }) =>
      `{"brokerProperties":${JSON.stringify({ lockToken, deliveryCount })},"event":${json}}`,
  );
  return { status: 200, json: `{"value":[${value.join(',')}]}` };
}

/** Settles when something was published or settled, and every now and then: locks and delays end by themselves. */
async function changed(queue: FakeQueue, signal: AbortSignal): Promise<void> {
  const done = new AbortController();
  const listener = () => done.abort();
  queue.onChange.add(listener);
  await pause(20, undefined, { signal: AbortSignal.any([signal, done.signal]) }).catch(() => undefined);
  queue.onChange.delete(listener);
}

function settled(tokens: string[], settle: (token: string) => boolean): Answer {
  const succeededLockTokens = tokens.filter(settle);
  const failedLockTokens = tokens
    .filter((token) => !succeededLockTokens.includes(token))
    .map((lockToken) => ({ lockToken, error: { code: 'TokenLost', message: 'The lock of the event has ended' } }));
  return {
    status: succeededLockTokens.length > 0 ? 200 : 400,
    json: JSON.stringify({ succeededLockTokens, failedLockTokens }),
  };
}
