import { newId } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { expect, test } from 'vitest';
import type { Membership } from '../auth/principal.ts';
import { locateObject } from './locate-object.ts';

const database = await testDatabase();
const deps = { db: database };
const [own, other, stranger] = [
  await makePipeline(database),
  await makePipeline(database),
  await makePipeline(database),
];

const memberOf = ({ tenant }: typeof own): Membership => ({
  tenantId: tenant.id,
  slug: tenant.slug,
  name: tenant.name,
  timeZone: 'UTC',
  role: 'viewer',
});
const memberships = [memberOf(own), memberOf(other)];

test.each(['action', 'eventType', 'source', 'sinkType', 'sink'] as const)(
  'finds the one of a person’s tenants that has the %s',
  async (kind) => {
    expect(await locateObject(deps, memberships, own[kind].id)).toEqual({ tenant: own.tenant.slug });
    expect(await locateObject(deps, memberships, other[kind].id)).toEqual({ tenant: other.tenant.slug });
  },
);

test.each([
  ['of a stranger', stranger.action.id],
  ['that nothing has', newId('event')],
  ['of a kind without a page', newId('session')],
  ['that is none', 'evt_'],
])('an id %s is refused in the same words', async (_which, id) => {
  await expect(locateObject(deps, memberships, id)).rejects.toThrow('Nothing has this id, or you may not see it.');
});
