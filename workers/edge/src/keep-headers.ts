/** Credentials, which no receipt may hold, and what concerns only the connection that the request came over. */
const leftOut = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-api-key',
  'x-auth-token',
  'x-access-token',
  'x-csrf-token',
  'x-gitlab-token',
  'x-goog-channel-token',
  'x-amz-security-token',
  'cf-access-client-id',
  'cf-access-client-secret',
  'cf-access-jwt-assertion',
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'transfer-encoding',
  'upgrade',
]);

const maxHeaders = 100;
const maxCharacters = 8 * 1024;

/**
 * The headers that go into the receipt, in their order. One that does not fit any more is left out whole: half a
 * signature would mislead whoever reads it.
 */
export function keepHeaders(headers: Iterable<[name: string, value: string]>): [name: string, value: string][] {
  const kept: [string, string][] = [];
  let characters = 0;
  for (const pair of headers) {
    const size = pair[0].length + pair[1].length;
    if (leftOut.has(pair[0]) || characters + size > maxCharacters) continue;
    characters += size;
    if (kept.push(pair) === maxHeaders) break;
  }
  return kept;
}

/** Pairs of names and values that stand in turn, the names in lower case. */
export function* headerPairs(rawHeaders: readonly string[]): Generator<[name: string, value: string]> {
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    yield [(rawHeaders[at] ?? '').toLowerCase(), rawHeaders[at + 1] ?? ''];
}
