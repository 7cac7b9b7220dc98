import { connect, type Socket } from 'node:net';

export interface WebhookAnswer {
  status: number;
  body: string;
}

/**
 * One keep-alive connection that sends a webhook, waits for its answer, and sends the next: the little of HTTP/1.1 that
 * this takes, on a plain socket, because a whole HTTP client would use as much CPU as the hub that it is to measure.
 */
export interface WebhookConnection {
  post(body: string): Promise<WebhookAnswer>;
  close(): void;
}

export async function openWebhookConnection(
  url: URL,
  headers: Record<string, string> = {},
): Promise<WebhookConnection> {
  const socket = await connected(url);
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `POST ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/json\r\n${more.join('')}content-length: `;
  let received = '';
  let waiting: { resolve(answer: WebhookAnswer): void; reject(error: Error): void } | null = null;

  socket.on('data', (chunk: string) => {
    received += chunk;
    const answer = readAnswer(received);
    if (!answer) return;
    received = '';
    waiting?.resolve(answer);
    waiting = null;
  });
  socket.on('error', (error) => waiting?.reject(error));
  socket.on('close', () => waiting?.reject(new Error('the hub closed the connection before it had answered')));

  return {
    post(body) {
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        socket.write(`${head}${Buffer.byteLength(body)}\r\n\r\n${body}`);
      });
    },
    close() {
      socket.destroy();
    },
  };
}

function connected(url: URL): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true });
    socket.setEncoding('latin1');
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

/** The answer, once all of it is there. Bytes are read as latin1 characters, so that lengths are lengths in bytes. */
export function readAnswer(text: string): WebhookAnswer | null {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const head = text.slice(0, headEnd);
  const status = Number(head.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  const rest = text.slice(headEnd + 4);
  if (length !== undefined) return rest.length < Number(length) ? null : { status, body: rest };
  // Chunked, and short enough to be one chunk: `<hex length>CRLF<body>CRLF0CRLFCRLF`.
  return rest.endsWith('\r\n0\r\n\r\n') ? { status, body: rest.slice(rest.indexOf('\n') + 1, -7) } : null;
}
