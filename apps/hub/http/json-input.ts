import { isUtf8 } from 'node:buffer';
import { maxPayloadBytes } from '@nexomatic/contracts/envelope';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { readBody } from '@nexomatic/edge/read-body';
import type { $ZodType } from 'zod/v4/core';
import { jsonFaultOf } from '#server/ingress/json-fault.ts';
import { jsonMembers } from '#server/payload/json-members.ts';
import { RawJson } from '#server/trpc/raw-json.ts';
import { shapeOf } from './query-input.ts';

/** Room for what stands around a payload of the full size. */
const maxInputBytes = maxPayloadBytes + 16 * 1024;

/**
 * The JSON object in a request's body. Fields that may hold any JSON (`payload`) are handed on as their text, so that
 * nothing in them is changed on the way.
 */
export async function readJsonInput(request: Request, schema: $ZodType): Promise<Record<string, unknown>> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new NexomaticError(
      'unsupported_media_type',
      `The API takes application/json, not ${type || 'a body without type'}.`,
    );
  }
  const body = await readUtf8(request);
  const fault = jsonFaultOf(body);
  if (fault) throw new NexomaticError('invalid_json', fault);
  const text = new TextDecoder().decode(body);
  const input: unknown = JSON.parse(text);
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new NexomaticError('bad_request', 'The body must be a JSON object.');
  }
  const members = jsonMembers(text);
  const raw = Object.entries(shapeOf(schema)).flatMap(([name, field]) => {
    const member = members.get(name);
    return member !== undefined && takesAnything(field) ? [[name, new RawJson(member)]] : [];
  });
  return { ...input, ...Object.fromEntries(raw) };
}

async function readUtf8(request: Request): Promise<Uint8Array> {
  const encoding = request.headers.get('content-encoding');
  if (encoding !== null && encoding !== 'identity') {
    throw new NexomaticError('content_encoding_not_enabled', `Send the body as it is, not as ${encoding}.`);
  }
  const read = await readBody(request, { maxBytes: maxInputBytes, timeoutMs: 10_000 });
  switch (read.kind) {
    case 'too_large':
      throw new NexomaticError('payload_too_large', `The body is larger than ${maxInputBytes} bytes.`);
    case 'timed_out':
      throw new NexomaticError('body_timeout', 'The body did not arrive in time; nothing was stored.');
    case 'broken':
      throw new NexomaticError('bad_request', 'The connection ended before the body was complete.');
    case 'read':
      break;
    default:
      read satisfies never;
  }
  if (read.body.length === 0) throw new NexomaticError('empty_body', 'Send a JSON object as the body.');
  if (!isUtf8(read.body)) throw new NexomaticError('charset', 'The body holds bytes that are not UTF-8.');
  return read.body;
}

function takesAnything(field: $ZodType): boolean {
  const { def } = field._zod as { def: { type: string; innerType?: $ZodType } };
  return def.innerType ? takesAnything(def.innerType) : def.type === 'unknown';
}
