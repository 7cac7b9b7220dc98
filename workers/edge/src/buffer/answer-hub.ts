import type { Clock } from '@nexomatic/clock';
import {
  bufferStatusPath,
  deadLettersCallSchema,
  deadLettersPath,
  settleDeadLetterCallSchema,
  settleDeadLetterPath,
} from '@nexomatic/contracts/edge-protocol';
import { newIngestId } from '@nexomatic/contracts/envelope';
import type { EnvelopeKey } from '@nexomatic/signature/edge-envelope';
import { callHeaders, openCall } from '@nexomatic/signature/signed-call';
import type * as z from 'zod/mini';
import { json, refuse } from '../answer.ts';
import { readBody } from '../read-body.ts';
import { type BufferIndex, bufferIndex } from './buffer-index.ts';
import type { SourceBuffer } from './source-buffer.ts';

export interface AnswerHubDeps {
  key: EnvelopeKey;
  buffers: DurableObjectNamespace<SourceBuffer>;
  index: DurableObjectNamespace<BufferIndex>;
  clock: Clock;
}

/** Calls name a source and an id, and nothing else. */
const maxCallBytes = 4_096;

/** Whether that path is one that the hub calls. */
export const isHubCall = (path: string): boolean => path.startsWith('/internal/buffer/');

/** What the hub asks of the edge: how much waits, and what is to be done with dead letters. To nobody else there is anything here. */
export async function answerHub(request: Request, path: string, deps: AnswerHubDeps): Promise<Response> {
  const nothingHere = () => refuse('not_found', 'There is nothing at this address.', newIngestId()).response;
  if (request.method !== 'POST') return nothingHere();
  const read = await readBody(request, { maxBytes: maxCallBytes, timeoutMs: 5_000 });
  if (read.kind !== 'read') return nothingHere();
  const call = { path, now: deps.clock.now(), headers: request.headers };
  if ((await openCall([deps.key], call, read.body)) === null) return nothingHere();
  const said = parseJson(read.body);
  switch (path) {
    case bufferStatusPath:
      return json(200, { sources: await bufferIndex(deps.index).list() });
    case deadLettersPath:
      return withInput(deadLettersCallSchema, said, async ({ sourceKeyHash, limit, after }) => ({
        deadLetters: await bufferOf(deps, sourceKeyHash).deadLetters({ limit, after }),
      }));
    case settleDeadLetterPath:
      return withInput(settleDeadLetterCallSchema, said, async ({ sourceKeyHash, ingestId, how }) => ({
        settled: await bufferOf(deps, sourceKeyHash).settle(
          ingestId,
          how,
          Number(request.headers.get(callHeaders.sentAt)),
        ),
      }));
    default:
      return nothingHere();
  }
}

const bufferOf = ({ buffers }: AnswerHubDeps, sourceKeyHash: string) => buffers.get(buffers.idFromName(sourceKeyHash));

async function withInput<Input>(
  schema: z.ZodMiniType<Input>,
  said: unknown,
  answer: (input: Input) => Promise<unknown>,
): Promise<Response> {
  const parsed = schema.safeParse(said);
  if (parsed.success) return json(200, await answer(parsed.data));
  return refuse('bad_request', 'The call is not of the form that this edge knows.', newIngestId()).response;
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    // What is no JSON fails the schema, like JSON of another shape.
    return undefined;
  }
}
