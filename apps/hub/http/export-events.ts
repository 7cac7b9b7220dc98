import { NexomaticError } from '@nexomatic/contracts/error-code';
import { listEventsInput } from '@nexomatic/contracts/event-api';
import type { Hono } from 'hono';
import * as z from 'zod';
import { tenantOf } from '#server/auth/authorize.ts';
import { exportEvents, exportFormats } from '#server/events/export-events.ts';
import { inputErrors } from '#server/trpc/problem-from-error.ts';
import type { Answer } from './downloads.ts';
import type { HubApp } from './hub-app.ts';
import { queryInput } from './query-input.ts';

export const exportInput = listEventsInput
  .omit({ limit: true, cursor: true, include: true })
  .extend({ format: z.enum(exportFormats).default('csv') });

const types = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson' };

/** `GET /events/export`: every event of a query as a file, sent while it is read. */
export function mountExport(app: Hono<HubApp>, base: string, answer: Answer): void {
  app.get(`${base}/events/export`, (context) =>
    answer(context, async (call) => {
      if (call.refusal) throw call.refusal;
      const { tenantId } = tenantOf(call.principal, 'events.read');
      const query = new URL(context.req.url).searchParams;
      query.delete('tenant');
      const input = exportInput.safeParse(queryInput(exportInput, query, {}));
      if (!input.success) {
        const errors = inputErrors(input.error);
        throw new NexomaticError('bad_request', 'The input does not fit; see errors.', { errors });
      }
      const { format, ...filter } = input.data;
      const pages = exportEvents(call.services, tenantId, filter, format);
      // What is wrong with the query must be said before the answer begins.
      const first = await pages.next();
      return new Response(streamOf(first, pages), {
        headers: {
          'content-type': types[format],
          'content-disposition': `attachment; filename="events.${format}"`,
          'content-security-policy': "default-src 'none'; sandbox",
        },
      });
    }),
  );
}

/** The pages as a stream that reads the next one when there is room for it, and stops when its reader goes away. */
function streamOf(
  first: IteratorResult<string, void>,
  pages: AsyncGenerator<string, void, void>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let next: IteratorResult<string, void> | null = first;
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = next ?? (await pages.next());
      next = null;
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await pages.return();
    },
  });
}
