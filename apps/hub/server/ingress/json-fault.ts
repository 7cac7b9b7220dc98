import { findJsonFault } from '@nexomatic/contracts/json-fault';

/**
 * Why these UTF-8 bytes are not JSON, in a sentence for their sender, or null. The engine's own parser decides, because
 * it is the fastest; the place is looked for only when it says no.
 */
export function jsonFaultOf(body: Uint8Array): string | null {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) {
    return 'The body begins with a byte order mark (EF BB BF); send it without.';
  }
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  try {
    JSON.parse(text);
    return null;
  } catch {
    // The parser's message is not used: it names a place only sometimes, and quotes the body.
  }
  const fault = findJsonFault(text);
  return fault ? `Line ${fault.line}, column ${fault.column}: expected ${fault.expected}.` : 'The body is not JSON.';
}
