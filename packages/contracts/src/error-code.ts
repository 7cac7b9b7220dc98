/**
 * Every error code that leaves a process, with the HTTP status it is answered with and the title of its
 * problem document (RFC 9457). One table for tRPC, REST, ingress and pages. Codes are never reused.
 */
export const errorCodes = {
  bad_request: { status: 400, title: 'The request is not of the form that this address takes' },
  unauthenticated: { status: 401, title: 'No valid credential was sent' },
  envelope_invalid: { status: 401, title: 'The envelope is not signed by a known edge' },
  signature_invalid: { status: 401, title: 'The request does not prove that it is from its sender' },
  forbidden: { status: 403, title: 'This credential may not do that' },
  tenant_suspended: { status: 403, title: 'The tenant is suspended' },
  address_not_allowed: { status: 403, title: 'Requests from this address are not taken' },
  not_found: { status: 404, title: 'There is no such thing here' },
  source_not_found: { status: 404, title: 'No source answers at this address' },
  method_not_allowed: { status: 405, title: 'This address does not take that method' },
  body_timeout: { status: 408, title: 'The body did not arrive in time' },
  conflict: { status: 409, title: 'Somebody else changed it first' },
  in_use: { status: 409, title: 'Others refer to it' },
  idempotency_conflict: { status: 409, title: 'This Idempotency-Key was used with another body' },
  event_type_disabled: { status: 409, title: 'The event type is disabled' },
  seal_key_changed: { status: 409, title: 'The key that secrets are sealed to has changed' },
  settings_changed: { status: 409, title: 'The request was checked by settings that have changed since' },
  payload_too_large: { status: 413, title: 'The body is larger than allowed' },
  decoded_too_large: { status: 413, title: 'The body is larger than allowed once it is unpacked' },
  unsupported_media_type: { status: 415, title: 'The body is not of a type that this source takes' },
  charset: { status: 415, title: 'The body is not UTF-8' },
  content_encoding_not_enabled: { status: 415, title: 'Compressed bodies are not enabled for this source' },
  empty_body: { status: 422, title: 'The body is empty' },
  invalid_json: { status: 422, title: 'The body is not valid JSON' },
  json_too_deep: { status: 422, title: 'The body is nested too deeply' },
  json_too_complex: { status: 422, title: 'The body holds too many values' },
  invalid_module_path: { status: 422, title: 'The module is not an import path' },
  unknown_time_zone: { status: 422, title: 'There is no such time zone' },
  payload_invalid: { status: 422, title: 'The payload does not pass the schema of the event type' },
  unprocessable: { status: 422, title: 'The request is well formed but can not be carried out' },
  agent_version: { status: 426, title: 'The hub does not work with an agent of this version' },
  rate_limited: { status: 429, title: 'Too many requests' },
  header_too_large: { status: 431, title: 'The headers are more or larger than allowed' },
  internal: { status: 500, title: 'The hub failed while handling this request' },
  archive_unavailable: { status: 503, title: 'The archive can not be read just now' },
  unavailable: { status: 503, title: 'The hub can not take this just now' },
  hub_unreachable: { status: 503, title: 'The edge can not reach its hub' },
} as const;

export type ErrorCode = keyof typeof errorCodes;

/** Body of a refused request: RFC 9457 plus `code` and the id to quote when asking about it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  requestId?: string;
  errors?: { path: string; message: string }[];
  /** Of a `conflict`: the version that the object has now, to be read and saved over or merged with. */
  currentVersion?: number;
  /** Of `in_use`: what refers to the object. */
  references?: Reference[];
  /** Of `seal_key_changed`: what secrets are sealed to now. */
  sealKey?: { keyId: string; key: string };
  /** Of `seal_key_changed` where the secret is end-to-end: the sinks that it is sealed to now. */
  sealSinks?: { id: string; name: string; boxKey: string; fingerprint: string }[];
}

/** Something that refers to an object; the prefix of its id says what it is. */
export interface Reference {
  id: string;
  name: string;
  /** In which way it refers: "runs it", "on failure". */
  how?: string | undefined;
}

type ProblemFacts = Pick<Problem, 'errors' | 'currentVersion' | 'references' | 'sealKey' | 'sealSinks'>;

export const problemContentType = 'application/problem+json';

/** `detail` says what was wrong with this very request and what to do; it is safe to show to the caller. */
export function problem(
  code: ErrorCode,
  detail: string,
  more: ProblemFacts & Pick<Problem, 'requestId'> = {},
): Problem {
  const { status, title } = errorCodes[code];
  return { type: `/errors/${code}`, title, status, detail, code, ...more };
}

/** Thrown by use cases where a caller is told no; the message is safe to show. */
export class NexomaticError extends Error {
  override name = 'NexomaticError';
  readonly code: ErrorCode;
  readonly facts: ProblemFacts;
  constructor(code: ErrorCode, message: string, options: ProblemFacts & { cause?: unknown } = {}) {
    const { cause, ...facts } = options;
    super(message, { cause });
    this.code = code;
    this.facts = facts;
  }
}
