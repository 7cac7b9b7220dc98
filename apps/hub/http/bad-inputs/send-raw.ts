import { connect } from 'node:net';

/** An answer as it came over the wire. */
export interface RawAnswer {
  /** 0 when the connection was closed without an answer. */
  status: number;
  headers: Map<string, string>;
  body: string;
  /** The connection was closed after it. */
  closed: boolean;
}

export interface RawRequest {
  /** All that is sent, one piece after the other. */
  pieces: (string | Uint8Array)[];
  /** How long an answer may take. */
  withinMs?: number;
}

/**
 * Sends bytes as they are, which no HTTP client would do with these, and reads one answer. A connection that stays open is
 * given a moment to be closed, and is then closed from here.
 */
export function sendRaw(url: URL, { pieces, withinMs = 20_000 }: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port) });
    let received = '';
    let answer: RawAnswer | null = null;
    let settle: NodeJS.Timeout | undefined;
    const deadline = setTimeout(() => {
      socket.destroy();
      reject(new Error(`no answer within ${withinMs} ms; received ${JSON.stringify(received.slice(0, 200))}`));
    }, withinMs);
    const end = (closed: boolean) => {
      clearTimeout(deadline);
      clearTimeout(settle);
      socket.destroy();
      resolve({ ...(answer ?? { status: 0, headers: new Map(), body: '' }), closed });
    };
    socket.setEncoding('latin1');
    socket.on('connect', () => {
      for (const piece of pieces) socket.write(piece);
    });
    socket.on('data', (chunk: string) => {
      received += chunk;
      answer ??= parseAnswer(received);
      if (answer) settle ??= setTimeout(end, 300, false);
    });
    // The server may close while we still send; what it answered before that counts.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      answer ??= parseAnswer(`${received}`);
      end(true);
    });
  });
}

function parseAnswer(text: string): RawAnswer | null {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const [first = '', ...lines] = text.slice(0, headEnd).split('\r\n');
  const headers = new Map(
    lines.map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const rest = text.slice(headEnd + 4);
  const length = headers.get('content-length');
  const status = Number(first.slice(9, 12));
  if (length !== undefined && rest.length >= Number(length)) {
    return { status, headers, body: rest.slice(0, Number(length)), closed: false };
  }
  if (headers.get('transfer-encoding') === 'chunked' && rest.endsWith('\r\n0\r\n\r\n')) {
    return { status, headers, body: rest.slice(rest.indexOf('\n') + 1, -7), closed: false };
  }
  return length === undefined && headers.get('connection') === 'close'
    ? { status, headers, body: rest, closed: false }
    : null;
}

export interface HttpRequest {
  path: string;
  method?: string;
  version?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** A request of HTTP/1.1 as bytes; its length is declared unless `headers` say something else of it. */
export function rawRequest({
  path,
  method = 'POST',
  version = 'HTTP/1.1',
  headers = {},
  body = '',
}: HttpRequest): RawRequest {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const all: Record<string, string> = { host: 'edge.example.com', 'content-type': 'application/json', ...headers };
  const declares = Object.keys(all).some((name) => /^(?:content-length|transfer-encoding)$/.test(name));
  if (!declares && method !== 'GET') all['content-length'] = String(bytes.length);
  const lines = Object.entries(all)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\r\n`);
  return { pieces: [`${method} ${path} ${version}\r\n${lines.join('')}\r\n`, bytes] };
}
