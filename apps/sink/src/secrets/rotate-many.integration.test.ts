import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { idToBytes } from '@nexomatic/contracts/id';
import { fillBoxes } from '@nexomatic/hub/server/secrets/testing/fill-boxes';
import { nodeSealing } from '@nexomatic/sealing/node';
import { openSecret } from '@nexomatic/sealing/secret-box';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readIdentity } from '../identity/identity-file.ts';
import { boxPairOf } from '../identity/sink-keys.ts';
import { joinSite } from '../testing/join-site.ts';
import { openPipeline, openSite, type Site } from '../testing/open-site.ts';

const program = fileURLToPath(new URL('../main.ts', import.meta.url));
const many = 1_000;

let site: Site;
beforeAll(async () => {
  site = await openSite({ database: await testDatabase(), redisUrl: await testRedis() });
});
afterAll(() => site.close());

type Machine = Awaited<ReturnType<typeof joinSite>>;

/** A machine that has a thousand end-to-end secrets. */
async function openMany(): Promise<Machine> {
  const pipeline = await openPipeline(site, 'hello');
  const machine = await joinSite(site, pipeline, 'holder');
  await fillBoxes(site.services(), pipeline.tenant.id, machine, many);
  return machine;
}

/** How many of them the machine reads just now, by the keys in its file and the one that the hub has of it. */
async function readable({ id, dir }: Machine): Promise<number> {
  const { keys, nextKeys } = readIdentity(dir) ?? {};
  const pairs = [keys, nextKeys].flatMap((one) => (one ? boxPairOf(one.box) : []));
  const rows = await site.database.sql.query<{ name: string; box: Buffer }>(
    `SELECT s.name, b.box FROM secret_boxes b JOIN secrets s ON s.id = b.secret_id
       JOIN sinks k ON k.id = b.sink_id AND k.box_key = b.box_key WHERE b.sink_id = ?`,
    [idToBytes(id)],
  );
  return rows.filter(({ name, box }) => pairs.some((pair) => openSecret(nodeSealing, pair, box)?.name === name)).length;
}

/** How many are sealed to the next key. */
async function resealed(): Promise<number> {
  const [row] = await site.database.sql.query<{ n: number }>(
    'SELECT COUNT(*) AS n FROM secret_boxes WHERE next_key IS NOT NULL',
  );
  return row?.n ?? 0;
}

it('a rotation that is killed after a tenth, a half and nine tenths loses none of a thousand, and goes on where it was', async () => {
  const machine = await openMany();
  for (const part of [0.1, 0.5, 0.9]) {
    const child = spawn(process.execPath, [program, '--dir', machine.dir, 'rotate-key'], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    await waitFor(async () => (await resealed()) >= part * many, { what: `${part} of them`, timeoutMs: 60_000 });
    child.kill('SIGKILL');
    await ended;
    expect(await readable(machine)).toBe(many);
  }
  expect(await machine.cli('rotate-key')).toMatchObject({ code: 0 });
  expect(readIdentity(machine.dir)?.nextKeys).toBeUndefined();
  expect(await readable(machine)).toBe(many);
  expect(await resealed()).toBe(0);
});
