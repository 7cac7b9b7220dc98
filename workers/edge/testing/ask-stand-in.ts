import { problem } from '@nexomatic/contracts/error-code';
import { newId } from '@nexomatic/contracts/id';
import { inject } from 'vitest';
import type { ReceivedEnvelope, ScriptedAnswer, ScriptedSettings, ToldOfSource } from './stand-in-protocol.ts';

/** What the stand-in got under that ingest id; null when it got nothing, or nothing that was signed well. */
export async function receivedBy(ingestId: string): Promise<(ReceivedEnvelope & { body: Uint8Array }) | null> {
  const response = await fetch(`${inject('hubUrl')}/stand-in/received/${ingestId}`);
  const received = (await response.json()) as ReceivedEnvelope;
  if (!response.ok) return null;
  return { ...received, body: Uint8Array.from(atob(received.bodyBase64), (char) => char.charCodeAt(0)) };
}

/** A source key that nobody had before: 160 random bits in base32. */
export const newSourceKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) =>
    'abcdefghijklmnopqrstuvwxyz234567'.charAt(byte & 31),
  ).join('');

/** The hash by which a source's address is known to the hub. */
export async function hashOf(sourceKey: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sourceKey)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A new source key; the stand-in answers like this whenever an envelope for it arrives. */
export async function sourceAnswering(answer: ScriptedAnswer): Promise<string> {
  const sourceKey = newSourceKey();
  await answerFor(await hashOf(sourceKey), answer);
  return sourceKey;
}

/** What the stand-in answers from now on to envelopes of this source. */
export async function answerFor(sourceKeyHash: string, answer: ScriptedAnswer): Promise<void> {
  await fetch(`${inject('hubUrl')}/stand-in/answers/${sourceKeyHash}`, { method: 'PUT', body: JSON.stringify(answer) });
}

/** The ingest ids of what it took of this source, in the order in which it did. */
export async function takenOf(sourceKeyHash: string): Promise<string[]> {
  return (await fetch(`${inject('hubUrl')}/stand-in/taken/${sourceKeyHash}`)).json();
}

/** How a hub answers what it has accepted, and while its database is away. */
export const accepting: ScriptedAnswer = {
  status: 202,
  body: JSON.stringify({ status: 'accepted', receiptId: newId('receipt'), eventId: newId('event') }),
};
export const unavailable: ScriptedAnswer = { status: 503, body: JSON.stringify(problem('unavailable', 'Not now.')) };

/** Lets the stand-in say from now on that a source has these settings. */
export const setSettings = (sourceKey: string, settings: ScriptedSettings): Promise<unknown> =>
  put('settings', sourceKey, settings);

async function put(kind: string, sourceKey: string, value: unknown): Promise<void> {
  const address = `${inject('hubUrl')}/stand-in/${kind}/${await hashOf(sourceKey)}`;
  await fetch(address, { method: 'PUT', body: JSON.stringify(value) });
}

/** How often the stand-in was asked for a source's settings, and what refusals of it it was told of. */
export async function toldOf(sourceKey: string): Promise<ToldOfSource> {
  const response = await fetch(`${inject('hubUrl')}/stand-in/told/${await hashOf(sourceKey)}`);
  return (await response.json()) as ToldOfSource;
}
