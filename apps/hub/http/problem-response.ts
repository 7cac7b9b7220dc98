import { oldestAgentVersion } from '@nexomatic/contracts/agent-version';
import { type Problem, problemContentType } from '@nexomatic/contracts/error-code';

/** Seconds after which a caller may come again, where nothing better is known. */
const retryAfterSeconds = 5;

/** A problem document with the headers that its status calls for. */
export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { 'content-type': problemContentType, ...statusHeaders(problem.status), ...headers },
  });
}

/** What an answer of that status has to say in its headers (RFC 9110, RFC 6750). */
export function statusHeaders(status: number): Record<string, string> {
  if (status === 401) return { 'www-authenticate': 'Bearer realm="nexomatic"' };
  // What is still on its way of the body would be taken for the next request.
  if (status === 413) return { connection: 'close' };
  if (status === 426) return { upgrade: `nexomatic-sink/${oldestAgentVersion}` };
  if (status === 503 || status === 429) return { 'retry-after': String(retryAfterSeconds) };
  return {};
}
