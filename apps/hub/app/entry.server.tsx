import { PassThrough } from 'node:stream';
import { type AppLoadContext, createReadableStreamFromReadable, type EntryContext } from '@remix-run/node';
import { RemixServer } from '@remix-run/react';
import { renderToPipeableStream } from 'react-dom/server';
import { Nonce } from './frame/nonce.ts';

/** Longer than any loader may take; what is still open then is given up. */
const renderDeadlineMs = 10_000;

/** Remix's entry: renders the page as a stream. No page defers data, so the shell is the whole page. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  entry: EntryContext,
  { cspNonce }: AppLoadContext,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const { pipe, abort } = renderToPipeableStream(
      <Nonce.Provider value={cspNonce}>
        <RemixServer context={entry} url={request.url} abortDelay={renderDeadlineMs} nonce={cspNonce} />
      </Nonce.Provider>,
      {
        nonce: cspNonce,
        onShellReady() {
          const body = new PassThrough();
          headers.set('content-type', 'text/html; charset=utf-8');
          resolve(new Response(createReadableStreamFromReadable(body), { status, headers }));
          pipe(body);
        },
        onShellError: reject,
      },
    );
    const deadline = setTimeout(abort, renderDeadlineMs + 1_000);
    deadline.unref();
  });
}
