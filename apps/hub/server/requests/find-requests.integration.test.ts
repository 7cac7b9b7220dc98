import { createHash } from 'node:crypto';
import { type Id, newId } from '@nexomatic/contracts/id';
import { insertRefused, type NewReceipt } from '@nexomatic/db/ledger/receipts';
import { findRequests } from '@nexomatic/db/ledger/requests';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { expect, test } from 'vitest';

const database = await testDatabase();
const { tenant, source } = await makePipeline(database);

const receipt = (cause: string, sourceId: Id<'source'> = source.id): NewReceipt => ({
  tenantId: tenant.id,
  id: newId('receipt'),
  sourceId,
  dedupeKey: null,
  bodySha256: createHash('sha256').digest(),
  bodyBytes: 0,
  contentType: '',
  remoteAddress: '',
  headers: Buffer.from('[]'),
  eventId: null,
  receivedAt: new Date(1_700_000_000_000),
  outcome: 'refused',
  status: 401,
  cause,
  detail: null,
  secretId: null,
  replayOf: null,
});

test('a filtered walk looks at a bounded number of receipts, says where it paused, and finds all in the end', async () => {
  // One in five is looked for, among others and those of another source.
  const receipts = Array.from({ length: 20 }, (_, i) => receipt(i % 5 === 0 ? 'sought' : 'other'));
  await database.sql.transaction(async (tx) => {
    insertRefused(tx, [...receipts, receipt('sought', newId('source'))]);
  });
  const found: Id<'receipt'>[] = [];
  let before: Id<'receipt'> | null = null;
  const pages: number[] = [];
  do {
    const options = { before, limit: 10, window: 7 };
    const page: Awaited<ReturnType<typeof findRequests>> = await findRequests(
      database.sql,
      tenant.id,
      source.id,
      { cause: 'sought' },
      options,
    );
    found.push(...page.ids);
    pages.push(page.ids.length);
    before = page.searchedTo;
  } while (before);
  expect(found).toEqual(
    receipts
      .filter(({ cause }) => cause === 'sought')
      .map(({ id }) => id)
      .toReversed(),
  );
  expect(pages).toEqual([1, 1, 2]);
});
