import type { EdgeSourceSettings, Refusal } from '@nexomatic/contracts/edge-protocol';
import type { Envelope } from '@nexomatic/contracts/envelope';
import type { SignedDelivery } from './webhook-case.ts';

/** What tests, which run in workerd, and the stand-in for the hub, a server in Node, say to each other. */
export interface ScriptedAnswer {
  status: number;
  headers?: Record<string, string>;
  body: string;
  /** Hold the answer back for that long. */
  delayMs?: number;
}

/** What the stand-in says of a source; null: there is no such source. */
export interface ScriptedSettings {
  version: string;
  settings: EdgeSourceSettings | null;
}

/** What it was asked and told of a source. */
export interface ToldOfSource {
  asked: number;
  refusals: Refusal[];
}

/** An envelope that passed the signature check, as it arrived. */
export interface ReceivedEnvelope {
  envelope: Envelope;
  bodyBase64: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Base address of the stand-in. */
    hubUrl: string;
    /** Signed beforehand, to addresses below https://edge.test. */
    deliveries: SignedDelivery[];
  }
}
