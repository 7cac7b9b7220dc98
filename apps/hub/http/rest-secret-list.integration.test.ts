import type { Id } from '@nexomatic/contracts/id';
import type { SecretList } from '@nexomatic/contracts/secret-api';
import { Secret } from '@nexomatic/db/entities/secret';
import { expect, test } from 'vitest';
import { openRest } from './testing/open-rest.ts';

const rest = await openRest();
const { database, call } = rest;

interface Given {
  lastUsedAt?: Date;
  valueSetAt?: Date;
  labels?: Record<string, string>;
  description?: string;
}

async function make(name: string, { lastUsedAt, valueSetAt, ...facts }: Given = {}): Promise<void> {
  const id = (await call('POST', '/secrets', { name, ...facts })).body.id as Id<'secret'>;
  const times = { ...(lastUsedAt ? { lastUsedAt } : {}), ...(valueSetAt ? { valueSetAt } : {}) };
  if (Object.keys(times).length > 0) {
    await database.tenantEm(rest.pipeline.tenant.id).nativeUpdate(Secret, { id }, times);
  }
}

const day = (number: number) => new Date(Date.UTC(2027, 0, number));
const namesOf = ({ secrets }: SecretList) => secrets.map(({ name }) => name);
const list = async (query: string) => (await call('GET', `/secrets?${query}`)).body as unknown as SecretList;

/** All pages, two secrets each. */
async function walk(query: string): Promise<string[]> {
  const names: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const body: SecretList = await list(`${query}&limit=2${cursor ? `&cursor=${cursor}` : ''}`);
    names.push(...namesOf(body));
    cursor = body.nextCursor;
  }
  return names;
}

test.each([
  ['lastUsed', 'lastUsedAt'],
  ['set', 'valueSetAt'],
] as const)(
  'secrets by %s come newest first and those without a time last, each once over all pages',
  async (sort, field) => {
    await make('NEVER');
    await make('OLD', { [field]: day(1) });
    await make('TWIN_ONE', { [field]: day(2) });
    await make('TWIN_TWO', { [field]: day(2) });
    await make('TWIN_THREE', { [field]: day(2) });
    await make('NEW', { [field]: day(3) });
    await make('NEVER_TOO');
    expect(await walk(`sort=${sort}`)).toEqual([
      ...['NEW', 'TWIN_ONE', 'TWIN_THREE', 'TWIN_TWO', 'OLD', 'NEVER', 'NEVER_TOO'],
    ]);
    expect(await walk(`sort=${sort}&search=TWIN`)).toEqual(['TWIN_ONE', 'TWIN_THREE', 'TWIN_TWO']);
  },
);

test.each([
  ['team', ['BILLING', 'SHOP']],
  ['team=shop', ['SHOP']],
  ['=shop', ['SHOP']],
  ['cost=centre', ['SHOP']],
  ['50%', ['BILLING']],
  ['"quoted"', ['BILLING']],
  ['of the till', ['SHOP']],
  ['BILL', ['BILLING']],
  ['team=ops', []],
  ['_', []],
])('a search for %s finds keys, descriptions and labels that hold it', async (search, found) => {
  await make('BILLING', { labels: { team: 'billing', share: '50%', note: 'a "quoted" one' } });
  await make('SHOP', { labels: { team: 'shop', note: 'cost=centre' }, description: 'Token of the till' });
  await make('PLAIN');
  expect(namesOf(await list(`search=${encodeURIComponent(search)}`))).toEqual(found);
});

test('a cursor of another order, or of none, is refused and said so', async () => {
  for (const name of ['A', 'B', 'C']) await make(name);
  const { nextCursor } = await list('sort=set&limit=1');
  const refusal = { status: 400, body: { code: 'bad_request', errors: [{ path: 'cursor' }] } };
  expect(await call('GET', `/secrets?sort=lastUsed&cursor=${nextCursor}`)).toMatchObject(refusal);
  expect(await call('GET', `/secrets?cursor=${nextCursor}`)).toMatchObject(refusal);
  expect(await call('GET', '/secrets?sort=set&cursor=c2V0IHggeA')).toMatchObject(refusal);
  expect(await call('GET', '/secrets?sort=size')).toMatchObject({ status: 400 });
});
