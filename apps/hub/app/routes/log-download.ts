import { isId } from '@nexomatic/contracts/id';
import type { LogEntry } from '@nexomatic/contracts/log-api';
import { plainText } from '@nexomatic/contracts/terminal-text';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { hubCall, notFound, requireMember } from '../frame/hub-call.server.ts';

/** An attempt's whole log as a text file, sent page by page so that its size doesn't matter. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const { id = '' } = params;
  const attempt = Number(params.attempt);
  if (!isId('event', id) || !Number.isInteger(attempt)) throw notFound(context.requestId);
  const read = (after: number) => hubCall(context, () => context.caller.events.logs({ id, attempt, after }));

  // The first page is read before the answer begins: what isn't there still gets its 404.
  let page = await read(0);
  let last = -1;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (page.lastSeq <= last && page.entries.length === 0) return controller.close();
      controller.enqueue(encoder.encode(page.entries.map(textLine).join('')));
      last = page.lastSeq;
      if (page.complete) controller.close();
      else page = await read(last);
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="${id}-attempt-${attempt}.log"`,
    },
  });
}

const encoder = new TextEncoder();

function textLine({ at, channel, level, text, fields }: LogEntry): string {
  const more = fields && Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : '';
  const plain = plainText(text);
  return `${at} ${(level ?? channel).toUpperCase().padEnd(6)} ${plain}${more}\n`;
}
