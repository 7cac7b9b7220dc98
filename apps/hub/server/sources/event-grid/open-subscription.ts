import type { EventGridReceiverClientOptions } from '@azure/eventgrid-namespaces';
import type { EventGridSettings } from '@nexomatic/contracts/event-grid-settings';
import { jsonElements, jsonMembers } from '../../payload/json-members.ts';
import type { Credential } from './open-credential.ts';

/** An event that Azure has locked for this hub. */
export interface LockedEvent {
  lockToken: string;
  /** How often it was given out, this time included. */
  deliveryCount: number;
  /** The CloudEvent as Azure wrote it. */
  json: string;
}

/** Seconds after which Azure gives out again what was released; it takes no others. */
export const releaseDelays = [0, 10, 60, 600, 3_600] as const;
export type ReleaseDelay = (typeof releaseDelays)[number];

/** The calls of one subscription. Those that settle events give the tokens of locks that had ended before. */
export interface Subscription {
  /** Up to `maxEvents`; none when there were none for `maxWaitSeconds`. */
  receive(signal: AbortSignal): Promise<LockedEvent[]>;
  acknowledge(lockTokens: string[]): Promise<string[]>;
  reject(lockTokens: string[]): Promise<string[]>;
  release(lockTokens: string[], delaySeconds: ReleaseDelay): Promise<string[]>;
  renew(lockTokens: string[]): Promise<string[]>;
}

/** Beyond what Azure says it waits. */
const receiveGraceMs = 30_000;
const settleTimeoutMs = 15_000;
/** Of a call that settles: it may be made again, and what is not settled costs a delivery. */
const settleRetries = 3;

export async function openSubscription(
  { namespaceUrl, topic, subscription, maxEvents, maxWaitSeconds }: EventGridSettings,
  credential: Credential,
): Promise<Subscription> {
  const { EventGridReceiverClient } = await import('@azure/eventgrid-namespaces');
  const bodies: string[] = [];
  const open = (options: EventGridReceiverClientOptions) =>
    new EventGridReceiverClient(namespaceUrl, credential, topic, subscription, {
      // Only where `namespaceUrlFault` lets http pass.
      allowInsecureConnection: namespaceUrl.startsWith('http:'),
      // The credential goes to the host that was checked, and to no other that it names.
      redirectOptions: { maxRetries: 0 },
      ...options,
    });
  const receiver = open({ retryOptions: { maxRetries: 0 }, additionalPolicies: [keepBody(bodies)] });
  const settler = open({ retryOptions: { maxRetries: settleRetries, retryDelayInMs: 200 } });
  const settling = { requestOptions: { timeout: settleTimeoutMs } };

  return {
    async receive(abortSignal) {
      bodies.length = 0;
      const requestOptions = { timeout: maxWaitSeconds * 1_000 + receiveGraceMs };
      const { details } = await receiver.receiveEvents({
        ...{ maxEvents, maxWaitTime: maxWaitSeconds, abortSignal, requestOptions },
      });
      const texts = eventTexts(bodies.at(-1) ?? '');
      bodies.length = 0;
      return details.map(({ brokerProperties: { lockToken, deliveryCount } }, i) => ({
        ...{ lockToken, deliveryCount, json: texts[i] ?? 'null' },
      }));
    },
    acknowledge: async (tokens) => lostOf(await settler.acknowledgeEvents(tokens, settling)),
    reject: async (tokens) => lostOf(await settler.rejectEvents(tokens, settling)),
    release: async (tokens, delaySeconds) =>
      lostOf(await settler.releaseEvents(tokens, { releaseDelay: String(delaySeconds), ...settling })),
    renew: async (tokens) => lostOf(await settler.renewEventLocks(tokens, settling)),
  };
}

const lostOf = ({ failedLockTokens }: { failedLockTokens: { lockToken: string }[] }): string[] =>
  failedLockTokens.map(({ lockToken }) => lockToken);

/**
 * Keeps the text of each answer. The library's own reading of events loses extension attributes, large numbers and data such
 * as 0 and false, and a module must see what was sent.
 */
function keepBody(bodies: string[]): NonNullable<EventGridReceiverClientOptions['additionalPolicies']>[number] {
  return {
    position: 'perCall',
    policy: {
      name: 'keepBody',
      async sendRequest(request, next) {
        const response = await next(request);
        bodies.push(response.bodyAsText ?? '');
        return response;
      },
    },
  };
}

/** The `event` of each element of `value`, as it was written. */
function eventTexts(body: string): string[] {
  const value = body.trimStart().startsWith('{') ? jsonMembers(body).get('value') : undefined;
  return jsonElements(value ?? '[]').map((element) => jsonMembers(element).get('event') ?? 'null');
}
