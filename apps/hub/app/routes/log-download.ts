import { isId } from '@nexomatic/contracts/id';
import type { LogEntry } from '@nexomatic/contracts/log-api';
import { plainText } from '@nexomatic/contracts/terminal-text';
import type { LoaderFunctionArgs } from '@remix-run/server-runtime';
import { hubCall, notFound, requireMember } from '../frame/hub-call.server.ts';

/** The forms in which a log can be had, at any time of its attempt. */
const forms = {
  /** Text for people: with times and levels, without what is meant for a terminal. */
  log: { type: 'text/plain', attached: true, line: textLine },
  /** Every line as the API gives it. */
  ndjson: { type: 'application/x-ndjson', attached: true, line: (entry: LogEntry) => `${JSON.stringify(entry)}\n` },
  /** What the module wrote, control characters and all, for the browser to show as text. */
  raw: { type: 'text/plain', attached: false, line: ({ text }: LogEntry) => `${text}\n` },
};

/** An attempt's whole log as a file, sent page by page so that its size doesn't matter. */
export async function loader({ request, params, context }: LoaderFunctionArgs) {
  requireMember(context);
  const { id = '' } = params;
  const attempt = Number(params.attempt);
  if (!isId('event', id) || !Number.isInteger(attempt)) throw notFound(context.requestId);
  const name = new URL(request.url).searchParams.get('form') ?? 'log';
  if (!isForm(name)) throw notFound(context.requestId);
  const form = forms[name];
  const read = (after: number) => hubCall(context, () => context.caller.events.logs({ id, attempt, after }));

  // The first page is read before the answer begins: what isn't there still gets its 404.
  let page = await read(0);
  let last = -1;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (page.lastSeq <= last && page.entries.length === 0) return controller.close();
      controller.enqueue(encoder.encode(page.entries.map(form.line).join('')));
      last = page.lastSeq;
      if (page.complete) controller.close();
      else page = await read(last);
    },
  });
  const place = form.attached ? `attachment; filename="${id}-attempt-${attempt}.${name}"` : 'inline';
  return new Response(body, {
    headers: {
      'content-type': `${form.type}; charset=utf-8`,
      'content-disposition': place,
      'x-content-type-options': 'nosniff',
    },
  });
}

const isForm = (name: string): name is keyof typeof forms => Object.hasOwn(forms, name);

const encoder = new TextEncoder();

function textLine({ at, channel, level, text, fields }: LogEntry): string {
  const more = fields && Object.keys(fields).length > 0 ? ` ${JSON.stringify(fields)}` : '';
  return `${at} ${(level ?? channel).toUpperCase().padEnd(6)} ${plainText(text)}${more}\n`;
}
