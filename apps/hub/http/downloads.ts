import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, isId } from '@nexomatic/contracts/id';
import type { Hono } from 'hono';
import { tenantOf } from '#server/auth/authorize.ts';
import { type DownloadedBody, readPayload, readResult } from '#server/events/read-body.ts';
import type { TrpcContext } from '#server/trpc/context.ts';

import type { HubApp, HubContext } from './hub-app.ts';

/** Authenticates, works, and turns what was thrown into its problem document. */
export type Answer = (context: HubContext, work: (call: TrpcContext) => Promise<Response>) => Promise<Response>;
type Read = (services: TrpcContext['services'], tenantId: Id<'tenant'>, id: Id<'event'>) => Promise<DownloadedBody>;

/** The bodies that pages and `GET /events/{id}` show the beginning of, by the last part of their address. */
export const downloads: { name: string; summary: string; read: Read }[] = [
  { name: 'payload', summary: 'Download the payload, byte for byte', read: readPayload },
  { name: 'result', summary: 'Download the result of the latest attempt, byte for byte', read: readResult },
];

/** Adds their addresses below `/events/{id}`. */
export function mountDownloads(app: Hono<HubApp>, base: string, answer: Answer): void {
  for (const { name, read } of downloads) {
    app.get(`${base}/events/:id/${name}`, (context) =>
      answer(context, async (call) => {
        if (call.refusal) throw call.refusal;
        const { tenantId } = tenantOf(call.principal, 'events.read');
        const id = context.req.param('id') ?? '';
        if (!isId('event', id)) throw new NexomaticError('not_found', 'There is no such event here.');
        return download(await read(call.services, tenantId, id), `${id}-${name}`);
      }),
    );
  }
}

/** As a file and never as a page: what a sender wrote must not run under the hub's origin. */
function download({ body, contentType }: DownloadedBody, name: string): Response {
  const json = /^application\/json\b/.test(contentType);
  return new Response(new Uint8Array(body), {
    headers: {
      'content-type': json ? 'application/json' : 'application/octet-stream',
      'content-disposition': `attachment; filename="${name}${json ? '.json' : ''}"`,
      'content-security-policy': "default-src 'none'; sandbox",
    },
  });
}
