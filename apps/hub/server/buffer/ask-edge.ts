import type { Clock } from '@nexomatic/clock';
import { signCall } from '@nexomatic/signature/signed-call';
import type * as z from 'zod/mini';
import type { HubEnv } from '../env.ts';

export interface AskEdgeDeps {
  env: Pick<HubEnv, 'edgeUrl' | 'publicUrl' | 'edgeKeys'>;
  clock: Clock;
}

/** The edge did not answer, or not as an edge of this hub does. The message is for people, and names no address. */
export class EdgeUnreachable extends Error {
  override readonly name = 'EdgeUnreachable';
}

/** Whether an edge of its own stands in front of this hub. */
export const hasEdge = ({ edgeUrl, publicUrl, edgeKeys }: AskEdgeDeps['env']): boolean =>
  edgeUrl !== publicUrl && edgeKeys.length > 0;

const encoder = new TextEncoder();
const timeoutMs = 3_000;

/** Calls the edge, signed with the hub's first key. Throws `EdgeUnreachable`. */
export async function askEdge<Answer>(
  { env, clock }: AskEdgeDeps,
  path: string,
  input: object,
  schema: z.ZodMiniType<Answer>,
): Promise<Answer> {
  const [key] = env.edgeKeys;
  if (!key) throw new EdgeUnreachable('no key is set that edge and hub share');
  const body = encoder.encode(JSON.stringify(input));
  const headers = await signCall(key, { path, sentAt: clock.now() }, body);
  const signal = AbortSignal.timeout(timeoutMs);
  let status: number;
  let text: string;
  try {
    const request = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body, signal };
    const response = await fetch(env.edgeUrl + path, { ...request, redirect: 'manual' });
    status = response.status;
    text = await response.text();
  } catch (error) {
    throw new EdgeUnreachable(signal.aborted ? `it did not answer within ${timeoutMs} ms` : reasonOf(error));
  }
  if (status !== 200) throw new EdgeUnreachable(wordsOf(status));
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw new EdgeUnreachable('something else than an edge of this version answers there');
  return parsed.data;
}

/** To whoever does not show the key, an edge says that there is nothing. */
const wordsOf = (status: number): string =>
  status === 404
    ? 'it does not know this hub’s key, or is older than this hub: the first key of NEXOMATIC_EDGE_KEYS has to be the edge’s'
    : `it answered with status ${status}`;

/** The name of a network fault; its message would name addresses. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'the connection failed';
  return `it can not be reached (${code})`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON fails the schema, like JSON of another shape.
    return undefined;
  }
}
