import { isUtf8 } from 'node:buffer';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { RequestDetail } from '@nexomatic/contracts/request-api';
import type { Database } from '@nexomatic/db/database';
import { Receipt } from '@nexomatic/db/entities/receipt';
import { SourceSecret } from '@nexomatic/db/entities/source-secret';
import { readRequestBody } from '@nexomatic/db/ledger/requests';
import type { EntityManager } from '@nexomatic/db/query';
import { keptBodyBytes } from './kept-body.ts';
import { shownHeaders } from './mask-headers.ts';
import { summariesOf } from './show-requests.ts';

/** One request with its headers, and its body as far as it is kept. */
export async function getRequest(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  id: Id<'receipt'>,
): Promise<RequestDetail> {
  const em = db.tenantEm(tenantId);
  const row = await findReceipt(em, id);
  const [summary] = await summariesOf(db, em, tenantId, [row]);
  if (!summary) throw new Error('one request was to be shown');
  const kept = await readRequestBody(db.sql, tenantId, eventOf(row), keptBodyBytes);
  return {
    ...summary,
    headers: shownHeaders(row.headers),
    secret: row.secretId ? await secretOf(em, row.secretId) : null,
    body: kept && showBody(kept.body, kept.body.length === row.bodyBytes),
    replayable: kept?.bytes === row.bodyBytes,
    replayOf: row.replayOf ?? null,
  };
}

/** The receipt, or the refusal for one that this tenant does not have. */
export async function findReceipt(em: EntityManager, id: Id<'receipt'>): Promise<Receipt> {
  const row = await em.findOne(Receipt, { id });
  if (!row) throw new NexomaticError('not_found', `There is no request ${id} here.`);
  return row;
}

export const eventOf = ({ id, eventId }: Receipt) => ({ id, eventId: eventId ?? null });

async function secretOf(em: EntityManager, id: Id<'sourceSecret'>): Promise<NonNullable<RequestDetail['secret']>> {
  const secret = await em.findOne(SourceSecret, { id }, { fields: ['hint'] });
  return { id, hint: secret?.hint ?? '' };
}

/** As text where it is text; what was cut ends at a whole character. */
function showBody(bytes: Buffer, complete: boolean): NonNullable<RequestDetail['body']> {
  const shown = complete ? bytes : bytes.subarray(0, endOfCharacters(bytes));
  if (isUtf8(shown)) return { text: shown.toString('utf8'), base64: null, complete };
  return { text: null, base64: bytes.toString('base64'), complete };
}

/** Where the last UTF-8 character ends that is there whole; its first byte says how many it has. */
function endOfCharacters(bytes: Uint8Array): number {
  let lead = bytes.length - 1;
  while (lead > bytes.length - 4 && ((bytes[lead] ?? 0) & 0xc0) === 0x80) lead -= 1;
  const first = bytes[lead] ?? 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  return lead + length > bytes.length ? lead : bytes.length;
}
