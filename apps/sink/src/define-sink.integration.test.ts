import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, afterEach, expect, it } from 'vitest';
import { exitCodes } from './agent-error.ts';
import { openPipeline, openSite } from './testing/open-site.ts';

const database = await testDatabase();
const site = await openSite({ database, redisUrl: await testRedis() });
afterEach(() => site.killSinks());
afterAll(() => site.close());

const client = fileURLToPath(new URL('../../../packages/client/src/define-sink.ts', import.meta.url));

async function sinkFile(type: string): Promise<string> {
  const file = path.join(site.folder, `${type}.ts`);
  await writeFile(
    file,
    `import { defineSink, type SinkContext } from ${JSON.stringify(client)};
export const sink = defineSink({
  type: ${JSON.stringify(type)},
  async run(ctx: SinkContext) {
    ctx.log.info('shipping', { module: ctx.module });
    return { shipped: (ctx.payload as { order: number }).order };
  },
});
`,
  );
  return file;
}

async function openTypeScriptPipeline() {
  const pipeline = await openPipeline(site, 'orders.ship');
  await database.sql.run("UPDATE sink_types SET runtime = 'CUSTOM' WHERE id = ?", [idToBytes(pipeline.sinkType.id)]);
  return pipeline;
}

it('an agent runs the sink that a TypeScript file defines', async () => {
  const pipeline = await openTypeScriptPipeline();
  pipeline.start({ NEXOMATIC_SINK_FILE: await sinkFile(pipeline.sinkType.name) });
  const id = await pipeline.fire({ order: 7 });
  const event = await pipeline.reached(id, 'SUCCESS');
  expect(event.result?.text).toBe('{"shipped":7}');
  const log = await pipeline.api.events.logs.query({ id });
  expect(log.entries.map(({ channel, text }) => [channel, text.trimEnd()])).toEqual([['record', 'shipping']]);
});

it('an agent with a sink of another type does not start, and says which', async () => {
  const pipeline = await openTypeScriptPipeline();
  const sink = pipeline.start({ NEXOMATIC_SINK_FILE: await sinkFile('OTHER') });
  expect(await sink.ended()).toBe(exitCodes.configuration);
  expect(sink.faults()).toContain(`is of the type ${pipeline.sinkType.name}, and this agent is made for OTHER.`);
});

it('an agent whose file defines no sink does not start, and says what to write', async () => {
  const pipeline = await openTypeScriptPipeline();
  const file = path.join(site.folder, 'none.ts');
  await writeFile(file, 'export const sink = 1;\n');
  const sink = pipeline.start({ NEXOMATIC_SINK_FILE: file });
  expect(await sink.ended()).toBe(exitCodes.configuration);
  expect(sink.faults()).toContain(`${file} exports no sink; write: export const sink = defineSink({ type, run })`);
});
