import { NexomaticError } from '@nexomatic/contracts/error-code';
import { readBody } from '@nexomatic/edge/read-body';

const timeoutMs = 30_000;

/** The request, if its body is no longer than allowed; a body that doesn't say its length is read to find out. */
export async function withinBodyLimit(request: Request, maxBytes: number): Promise<Request | NexomaticError> {
  if (request.method === 'GET' || request.method === 'HEAD' || request.body === null) return request;
  const tooLarge = () => new NexomaticError('payload_too_large', `The body is larger than ${maxBytes} bytes.`);
  const declared = request.headers.get('content-length');
  if (declared !== null) return Number(declared) > maxBytes ? tooLarge() : request;
  const read = await readBody(request, { maxBytes, timeoutMs });
  if (read.kind === 'too_large') return tooLarge();
  if (read.kind !== 'read') return new NexomaticError('body_timeout', 'The body did not arrive whole.');
  const { method, headers, signal } = request;
  return new Request(request.url, { method, headers, body: read.body, signal });
}
