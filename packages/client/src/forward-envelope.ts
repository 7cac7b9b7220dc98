import { type Envelope, type IngestAnswer, ingestAnswerSchema, ingestPath } from '@nexomatic/contracts/envelope';
import { type ErrorCode, errorCodes, type Problem } from '@nexomatic/contracts/error-code';
import type { EnvelopeKey } from '@nexomatic/signature/edge-envelope';
import { sealEnvelope } from '@nexomatic/signature/envelope-headers';
import * as z from 'zod/mini';

/** What became of an envelope, as the one who forwarded it knows. */
export type ForwardOutcome =
  | { kind: 'answered'; status: number; answer: IngestAnswer }
  /** The hub said no, and why; `retryAfter` is its `Retry-After` in seconds, where it gave one. */
  | { kind: 'refused'; status: number; problem: Problem; retryAfter?: number }
  /**
   * No word from the hub: nothing known about whether it took the envelope. Sending it again is harmless. `status` is that of an
   * answer that somebody else must have given.
   */
  | { kind: 'unreachable'; cause: string; status?: number };

export interface ForwardOptions {
  /** Base address of the hub; a path in it is kept. */
  hubUrl: string;
  key: EnvelopeKey;
  fetch: typeof fetch;
  /** For the whole call: connecting, sending, and reading the answer. */
  timeoutMs: number;
}

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]),
  requestId: z.optional(z.string()),
  errors: z.optional(z.array(z.object({ path: z.string(), message: z.string() }))),
});

/** Hands one envelope to the hub, signed, with the body's bytes as they are. Never throws. */
export async function forwardEnvelope(
  { hubUrl, key, fetch, timeoutMs }: ForwardOptions,
  envelope: Envelope,
  body: Uint8Array<ArrayBuffer>,
): Promise<ForwardOutcome> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(hubUrl.replace(/\/+$/, '') + ingestPath, {
      method: 'POST',
      headers: await sealEnvelope(key, envelope, body),
      body,
      // A redirect would carry the body to an address that nobody configured.
      redirect: 'manual',
      signal,
    });
    return readOutcome(response, await response.text());
  } catch (error) {
    return { kind: 'unreachable', cause: signal.aborted ? `no answer within ${timeoutMs} ms` : messageOf(error) };
  }
}

/** A proxy's own page, whatever its status, is not the hub's word. */
function readOutcome(response: Response, text: string): ForwardOutcome {
  const { status, ok } = response;
  const json = parseJson(text);
  if (ok) {
    const answer = ingestAnswerSchema.safeParse(json);
    if (answer.success) return { kind: 'answered', status, answer: answer.data };
  } else {
    const parsed = problemSchema.safeParse(json);
    if (parsed.success) {
      const retryAfter = Number(response.headers.get('retry-after'));
      const refused = { kind: 'refused', status, problem: parsed.data as Problem } as const;
      return Number.isInteger(retryAfter) && retryAfter > 0 ? { ...refused, retryAfter } : refused;
    }
  }
  return { kind: 'unreachable', status, cause: `status ${status} without an answer of the hub's form` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON fails the schema, like JSON of another shape.
    return undefined;
  }
}

/** undici says only `fetch failed` and keeps the reason (`connect ECONNREFUSED …`) as the cause. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
