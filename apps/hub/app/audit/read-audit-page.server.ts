import { type AuditEntryShown, type AuditSummary, listAuditInput } from '@nexomatic/contracts/audit-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, isId } from '@nexomatic/contracts/id';
import type { z } from 'zod';
import { readPreferences } from '../frame/preferences.ts';
import type { AuditPageData } from './audit-page.tsx';
import { auditFilterOf, readAuditQuery } from './audit-query.ts';

interface Log {
  list(input: z.input<typeof listAuditInput>): Promise<{ entries: AuditSummary[]; nextCursor: string | null }>;
  get(input: { id: Id<'audit'> }): Promise<AuditEntryShown>;
}

/** What a page of a log shows, as its address says. */
export async function readAuditPage(request: Request, log: Log): Promise<AuditPageData> {
  const search = new URL(request.url).searchParams;
  const query = readAuditQuery(search);
  const zone = readPreferences(request.headers.get('cookie')).zone ?? 'UTC';
  const input = listAuditInput
    .partial()
    .safeParse({ ...auditFilterOf(query, zone), cursor: search.get('cursor') ?? undefined, limit: 50 });
  if (!input.success) throw new NexomaticError('bad_request', 'This address is not well formed.');
  const open = search.get('entry') ?? '';
  const [page, entry] = await Promise.all([log.list(input.data), isId('audit', open) ? log.get({ id: open }) : null]);
  return { ...page, query, entry };
}
