import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@nexomatic/clock';

/** One webhook, from its first try to the answer that its sender was content with. */
export interface Sent {
  n: number;
  /** When its sender first tried, in milliseconds since the sender began. */
  at: number;
  /** Of the try that was answered with success: 202 or, for one that had been taken before, 200. */
  status: number;
  /** What the answer said: `accepted`, `buffered`, `duplicate`; the error's code where no try succeeded. */
  said: string;
  /** How long that try took. */
  ms: number;
  tries: number;
}

export interface SteadySender {
  /** Sends no more, and settles when the last one has its answer. */
  stop(): Promise<Sent[]>;
}

const mostTries = 40;
/** Twice as long each time: all who wait for an edge that starts must not keep it from starting. */
const againAfterMs = 250;
const againAfterMostMs = 5_000;

/**
 * Sends that many signed webhooks a second, at their time whether or not earlier ones have been answered. Like a real sender it
 * tries again where it got no answer of success: under the same id, signed anew.
 */
export function startSender({ url, secret, rate }: { url: string; secret: string; rate: number }): SteadySender {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const beganAt = systemClock.monotonic();
  const sending: Promise<Sent>[] = [];
  const timer = setInterval(() => {
    const due = Math.floor(((systemClock.monotonic() - beganAt) * rate) / 1_000);
    while (sending.length < due) sending.push(send(sending.length));
  }, 5);

  async function send(n: number): Promise<Sent> {
    const at = systemClock.monotonic() - beganAt;
    let last = { status: 0, said: 'no answer', ms: 0 };
    for (let tries = 1; tries <= mostTries; tries++) {
      last = await post(n);
      if (last.status === 202 || last.status === 200) return { n, at, tries, ...last };
      await pause(Math.min(againAfterMostMs, againAfterMs * 2 ** (tries - 1)) * (0.5 + Math.random() / 2));
    }
    return { n, at, tries: mostTries, ...last };
  }

  async function post(n: number): Promise<Pick<Sent, 'status' | 'said' | 'ms'>> {
    const body = `{"n":${n}}`;
    const seconds = Math.floor(systemClock.now() / 1_000);
    const signature = createHmac('sha256', key).update(`msg_${n}.${seconds}.${body}`).digest('base64');
    const from = systemClock.monotonic();
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': `msg_${n}`,
          'webhook-timestamp': String(seconds),
          'webhook-signature': `v1,${signature}`,
        },
        body,
      });
      const { status, code } = (await response.json()) as { status?: string; code?: string };
      return { status: response.status, said: code ?? status ?? '', ms: systemClock.monotonic() - from };
    } catch {
      // The edge is being killed: no answer, so it is sent again.
      return { status: 0, said: 'no answer', ms: systemClock.monotonic() - from };
    }
  }

  return {
    stop() {
      clearInterval(timer);
      return Promise.all(sending);
    },
  };
}
