import {
  edgeRefusalsPath,
  edgeSettingsCallSchema,
  edgeSettingsPath,
  refusalsCallSchema,
} from '@nexomatic/contracts/edge-protocol';
import { maxBodyBytes } from '@nexomatic/contracts/envelope';
import { problem } from '@nexomatic/contracts/error-code';
import { readBody } from '@nexomatic/edge/read-body';
import type { EnvelopeKey } from '@nexomatic/signature/edge-envelope';
import { openCall } from '@nexomatic/signature/signed-call';
import type { Hono } from 'hono';
import type * as z from 'zod/mini';
import { answerSettings } from '#server/edge/answer-settings.ts';
import { createSealSettings } from '#server/edge/seal-settings.ts';
import type { Services } from '#server/services.ts';
import { type HubApp, type HubContext, remoteAddressOf } from './hub-app.ts';
import { problemResponse } from './problem-response.ts';
import { requestIdOf } from './request-id.ts';

/** What edges ask of this hub besides taking envelopes: the settings of sources, and to keep what they refused. */
export function mountEdgeCalls(app: Hono<HubApp>, services: Services): void {
  const deps = { definitions: services.definitions, sealSettings: createSealSettings() };

  app.post(edgeSettingsPath, (context) =>
    answerCall(context, services, edgeSettingsCallSchema, (key, call) => answerSettings(deps, key, call)),
  );

  app.post(edgeRefusalsPath, (context) =>
    answerCall(context, services, refusalsCallSchema, async (_, { refusals }) => {
      await services.recordRefusals(refusals);
      return {};
    }),
  );
}

/** Answers a call that a known edge signed; nobody else learns more than that this is no door for them. */
async function answerCall<S extends z.ZodMiniType>(
  context: HubContext,
  { env, clock, logger }: Services,
  schema: S,
  answer: (key: EnvelopeKey, call: z.infer<S>) => Promise<object>,
): Promise<Response> {
  const { req } = context;
  const requestId = requestIdOf(req.header('x-request-id'));
  const read = await readBody(req.raw, { maxBytes: maxBodyBytes, timeoutMs: 10_000 });
  if (read.kind !== 'read') return refuse('bad_request', 'The call could not be read whole.');
  const key = await openCall(env.edgeKeys, { path: req.path, now: clock.now(), headers: req.raw.headers }, read.body);
  if (!key) {
    logger.warn({ requestId, path: req.path, remoteAddress: remoteAddressOf(context) }, 'edge_call.refused');
    return refuse('envelope_invalid', 'This address takes calls that one of the configured edges signed.');
  }
  const call = schema.safeParse(jsonOf(read.body));
  if (!call.success) return refuse('bad_request', 'The call is not of the form that this hub takes.');
  return context.json(await answer(key, call.data));

  function refuse(code: 'bad_request' | 'envelope_invalid', detail: string): Response {
    return problemResponse(problem(code, detail, { requestId }));
  }
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    // What is no JSON fails the schema, like JSON of another shape.
    return undefined;
  }
}
