import type { ErrorCode } from '@nexomatic/contracts/error-code';
import type { sourceSettingsSchema } from '@nexomatic/contracts/source-settings';
import type * as z from 'zod/mini';

/** Where the requests go, and the key of the source that the case asks for. */
export interface WebhookTarget {
  /** Without a slash at the end. */
  baseUrl: string;
  sourceKey: string;
}

/** A webhook source to receive the request. */
export interface CaseSource {
  /** What is left out has its default. */
  settings: z.input<typeof sourceSettingsSchema>;
  /** Newest first. */
  secrets: string[];
  /** Where the address itself is signed, the key that was signed for; otherwise any. */
  sourceKey?: string;
}

export type Expected =
  | {
      accepted: true;
      /** Which of the source's secrets its sender showed, from the newest; left out: none. */
      secret?: number;
      /** What the rules get, where that is something else than what was sent. */
      body?: string;
    }
  | {
      code: ErrorCode;
      headers?: Record<string, string>;
      /** What the source's owner is told, where its sender is told less. */
      cause?: string;
      /** By its form, before any source is looked for; by the hub's rules; left out: by the settings of its source. */
      by?: 'form' | 'rules';
    }
  | { answered: string; headers: Record<string, string> };

export interface WebhookCase {
  /** What is sent, to go before "is answered with …". */
  name: string;
  /** One that asks for nothing, where left out. */
  source?: CaseSource;
  expected: Expected;
  request(target: WebhookTarget): Request;
}

/** In one word, for the name of a test. */
export function wordOf(expected: Expected): string {
  if ('code' in expected) return expected.cause ? `${expected.code} (${expected.cause})` : expected.code;
  return 'answered' in expected ? 'what it asks for' : 'accepted';
}

/** A delivery that was signed beforehand: plain data, so that it can be made in Node and sent in workerd. */
export interface SignedDelivery {
  name: string;
  source: CaseSource & { sourceKey: string };
  expected: Expected;
  /** With a leading question mark; empty for none. */
  query: string;
  headers: Record<string, string>;
  body: string;
}

export const caseOf = ({ name, source, expected, query, headers, body }: SignedDelivery): WebhookCase => ({
  name: `a delivery of ${name}`,
  source,
  expected,
  request: ({ baseUrl, sourceKey }) =>
    new Request(`${baseUrl}/h/${sourceKey}${query}`, { method: 'POST', headers, body }),
});
