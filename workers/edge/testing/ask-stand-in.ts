import { inject } from 'vitest';
import type { ReceivedEnvelope, ScriptedAnswer } from './stand-in-protocol.ts';

/** What the stand-in got under that ingest id; null when it got nothing, or nothing that was signed well. */
export async function receivedBy(ingestId: string): Promise<(ReceivedEnvelope & { body: Uint8Array }) | null> {
  const response = await fetch(`${inject('hubUrl')}/stand-in/received/${ingestId}`);
  const received = (await response.json()) as ReceivedEnvelope;
  if (!response.ok) return null;
  return { ...received, body: Uint8Array.from(atob(received.bodyBase64), (char) => char.charCodeAt(0)) };
}

let made = 0;

/** A new source key; the stand-in answers like this whenever an envelope for it arrives. */
export async function sourceAnswering(answer: ScriptedAnswer): Promise<string> {
  const sourceKey = `scripted${'abcdefghijklmnopqrstuvwxyz'.charAt(made++)}`.padEnd(32, '2');
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(sourceKey)));
  const hash = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  await fetch(`${inject('hubUrl')}/stand-in/answers/${hash}`, { method: 'PUT', body: JSON.stringify(answer) });
  return sourceKey;
}
