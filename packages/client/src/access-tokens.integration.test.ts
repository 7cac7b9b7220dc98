import { fakeClock } from '@nexomatic/clock';
import { isId } from '@nexomatic/contracts/id';
import { machineAt } from '@nexomatic/hub/http/testing/machine';
import { openTestWeb } from '@nexomatic/hub/http/testing/open-test-web';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeJoinToken, makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, it } from 'vitest';
import { createAccessTokens, type SinkSigner } from './access-tokens.ts';
import { createHubClient } from './hub-client.ts';

const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };
const [web, other] = [await openTestWeb(urls), await openTestWeb(urls)];
afterAll(() => Promise.all([web.close(), other.close()]));

/** A machine that has joined, with access tokens whose clock stands still: each was always given just now. */
async function joined(signers: (current: () => SinkSigner) => SinkSigner[] = (current) => [current()]) {
  const { sinkType } = await makePipeline(database);
  const machine = machineAt(web);
  const { sinkId } = (await machine.join((await makeJoinToken(database, sinkType)).token)).data;
  if (typeof sinkId !== 'string' || !isId('sink', sinkId)) throw new Error('it did not join');
  const token = createAccessTokens({
    url: web.baseUrl,
    signers: () => signers(() => machine.signer(sinkId)),
    clock: fakeClock(),
  });
  const selfAt = (at: typeof web) => createHubClient({ url: at.baseUrl, token }).sink.self.query();
  return { machine, sinkId, token, selfAt };
}

describe('a sink whose keys are changed', () => {
  it('a moment after it was given an access token goes on with the new ones', async () => {
    const { machine, sinkId, token, selfAt } = await joined();
    await selfAt(web);
    await machine.rotate(sinkId, await token.get());
    expect(await selfAt(web)).toMatchObject({ id: sinkId });
  });

  it('is let in by a hub that has known it by the old ones until now', async () => {
    const { machine, sinkId, token, selfAt } = await joined();
    await selfAt(web);
    await selfAt(other);
    await machine.rotate(sinkId, await token.get());
    const [here, there] = [await selfAt(web), await selfAt(other)];
    expect([here.id, there.id]).toEqual([sinkId, sinkId]);
  });

  it('while it signs with the old ones looks for others, once', async () => {
    let looks = 0;
    let old: SinkSigner | undefined;
    const { machine, sinkId, selfAt } = await joined((current) => {
      looks += 1;
      old ??= current();
      // The first look of this round still finds the old keys.
      return looks === 2 ? [old] : [current()];
    });
    await selfAt(web);
    await machine.rotate(sinkId, await machine.accessToken(sinkId));
    expect(await selfAt(web)).toMatchObject({ id: sinkId });
    expect(looks).toBe(3);
  });
});

it('a sink whose keys open nothing any more is told so', async () => {
  const { machine, sinkId, selfAt } = await joined();
  await machine.call('sink.leave', undefined, { authorization: `Bearer ${await machine.accessToken(sinkId)}` });
  await expect(selfAt(web)).rejects.toThrow('Join again with a new join token');
});
