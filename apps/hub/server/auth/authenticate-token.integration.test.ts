import { fakeClock } from '@nexomatic/clock';
import { idToBytes } from '@nexomatic/contracts/id';
import { silentLogger } from '@nexomatic/logger';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeApiToken, makePipeline, makeTenant } from '@nexomatic/testkit/factories';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { expect, test } from 'vitest';
import { createDefinitions } from '../definitions/definitions.ts';
import { openKeyring } from '../keyring/keyring.ts';
import { testKeyringKeys } from '../keyring/testing/test-keyring.ts';
import { createAccessTokens } from '../sinks/enrolment/access-tokens.ts';
import { createAuthenticateToken, tokenCacheMs } from './authenticate-token.ts';
import { newToken } from './tokens.ts';

const db = await testDatabase();
const keyring = await openKeyring(testKeyringKeys);

function openDoor() {
  const clock = fakeClock();
  const definitions = createDefinitions({ sql: db.sql, clock, keyring, logger: silentLogger });
  const accessTokens = createAccessTokens({ keyring, clock });
  return {
    clock,
    authenticate: createAuthenticateToken({ db, clock, definitions, accessTokens, logger: silentLogger }),
  };
}

const lastUsed = async (id: string): Promise<number | undefined> => {
  const [row] = await db.sql.query<{ last_used_at: Date | null }>('SELECT last_used_at FROM api_tokens WHERE id = ?', [
    idToBytes(id),
  ]);
  return row?.last_used_at?.getTime();
};

test('an API token opens its tenant, and a sink token its sink', async () => {
  const { authenticate } = openDoor();
  const { tenant, apiToken, sink, sinkToken } = await makePipeline(db);
  expect(await authenticate(apiToken)).toMatchObject({ kind: 'apiToken', tenantId: tenant.id });
  expect(await authenticate(sinkToken)).toMatchObject({ kind: 'sink', tenantId: tenant.id, sinkId: sink.id });
});

test.each([newToken('apiToken'), newToken('sink'), newToken('loginLink'), '', 'nxt_', 'anything'])(
  'the token %s, which nobody has, opens nothing',
  async (token) => {
    expect(await openDoor().authenticate(token)).toBeNull();
  },
);

test('a revoked token opens nothing after five seconds at most', async () => {
  const { clock, authenticate } = openDoor();
  const { apiToken, token } = await makeApiToken(db, (await makeTenant(db)).id);
  expect(await authenticate(token)).not.toBeNull();
  await db.sql.run('UPDATE api_tokens SET revoked_at = NOW(3) WHERE id = ?', [idToBytes(apiToken.id)]);
  clock.advance(tokenCacheMs);
  expect(await authenticate(token)).toBeNull();
});

test('a token that is used often is looked up once in five seconds', async () => {
  const { clock, authenticate } = openDoor();
  const { token } = await makeApiToken(db, (await makeTenant(db)).id, { revokedAt: null });
  await authenticate(token);
  await db.sql.run('UPDATE api_tokens SET revoked_at = NOW(3) WHERE name IS NOT NULL');
  expect(await authenticate(token)).not.toBeNull();
  clock.advance(tokenCacheMs - 1);
  expect(await authenticate(token)).not.toBeNull();
});

test('the last use of a token is written at most once a minute', async () => {
  const { clock, authenticate } = openDoor();
  const { apiToken, token } = await makeApiToken(db, (await makeTenant(db)).id);
  const start = clock.now();
  await authenticate(token);
  await waitFor(async () => (await lastUsed(apiToken.id)) === start, { what: 'the first use to be written' });
  clock.advance(59_999);
  await authenticate(token);
  clock.advance(tokenCacheMs);
  await authenticate(token);
  await waitFor(async () => (await lastUsed(apiToken.id)) === start + 59_999 + tokenCacheMs, {
    what: 'the use of a minute later to be written',
  });
});
