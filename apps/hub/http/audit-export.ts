import { type AuditFilter, listAuditInput } from '@nexomatic/contracts/audit-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { Hono } from 'hono';
import { exportAudit, tenantLog } from '#server/audit/read-audit.ts';
import { tenantOf } from '#server/auth/authorize.ts';
import type { TrpcContext } from '#server/trpc/context.ts';
import { inputErrors } from '#server/trpc/problem-from-error.ts';
import type { HubApp, HubContext } from './hub-app.ts';
import { queryInput } from './query-input.ts';

type Answer = (context: HubContext, work: (call: TrpcContext) => Promise<Response>) => Promise<Response>;

const exportAuditInput = listAuditInput.omit({ limit: true });

/** Adds `GET /audit/export`: the tenant's audit log as a file of JSON lines, read while it is sent. */
export function mountAuditExport(app: Hono<HubApp>, base: string, answer: Answer): void {
  app.get(`${base}/audit/export`, (context) =>
    answer(context, async (call) => {
      if (call.refusal) throw call.refusal;
      const { tenantId } = tenantOf(call.principal, 'audit.read');
      const query = new URL(context.req.url).searchParams;
      query.delete('tenant');
      const { cursor, ...filter } = inputOf(query);
      return new Response(await linesOf(call, tenantId, filter, cursor), {
        headers: {
          'content-type': 'application/x-ndjson',
          'content-disposition': `attachment; filename="audit-${new Date(call.services.clock.now()).toISOString().slice(0, 10)}.ndjson"`,
        },
      });
    }),
  );
}

function inputOf(query: URLSearchParams) {
  const parsed = exportAuditInput.safeParse(queryInput(exportAuditInput, query, {}));
  if (parsed.success) return parsed.data;
  throw new NexomaticError('bad_request', 'The input does not fit; see errors.', { errors: inputErrors(parsed.error) });
}

/** A line for each entry; where there are more than one answer holds, a last line says where to go on. */
async function linesOf(
  { services }: TrpcContext,
  tenantId: Id<'tenant'>,
  filter: AuditFilter,
  cursor: Id<'audit'> | undefined,
): Promise<ReadableStream<Uint8Array>> {
  const batches = exportAudit(tenantLog(services.db.tenantEm(tenantId)), filter, cursor);
  // The first is read before the answer begins: what the database refuses still gets its own status.
  let batch = await batches.next();
  return new ReadableStream({
    async pull(controller) {
      if (batch.done) return controller.close();
      const { entries, nextCursor } = batch.value;
      const lines = [...entries, ...(nextCursor ? [{ nextCursor }] : [])].map((one) => `${JSON.stringify(one)}\n`);
      controller.enqueue(encoder.encode(lines.join('')));
      batch = await batches.next();
    },
    async cancel() {
      await batches.return();
    },
  });
}

const encoder = new TextEncoder();
