import { createHash } from 'node:crypto';
import { idSchema } from '@nexomatic/contracts/id';
import { sourceSettingsSchema } from '@nexomatic/contracts/source-settings';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeSource } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { openPipeline, openSite } from './testing/open-site.ts';

const site = await openSite({ database: await testDatabase(), redisUrl: await testRedis() });
afterAll(() => site.close());

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Bodies that something on the way might be tempted to mend. */
const odd = [
  '{"n":12345678901234567890123,"z":1e400,"f":1.0,"m":-0}',
  '{"a":1,"a":2,"__proto__":{"admin":true}}',
  '{"nul":"\\u0000","half":"\\ud800","turned":"\u202eabc","combined":"Z\u0351"}',
  '\ufeff{"a":1}',
  '',
  '\r\n \t',
].map((text) => new TextEncoder().encode(text));

it('a module sees every body of a raw source byte for byte as it was sent', async () => {
  await site.module(
    'digest',
    'import hashlib\ndef run(ctx):\n    return hashlib.sha256(ctx.payload_bytes).hexdigest()',
  );
  const pipeline = await openPipeline(site, 'digest.run');
  const settings = sourceSettingsSchema.parse({ content: { raw: true }, dedupe: { by: 'none' } });
  const { key } = await makeSource(site.database, pipeline.eventType, { settings: JSON.stringify(settings) });
  pipeline.start({ NEXOMATIC_SLOTS: '4' });

  const bodies = [...odd, ...fc.sample(fc.uint8Array({ maxLength: 2_000, size: 'max' }), 60)];
  const sent = await Promise.all(
    bodies.map(async (body) => {
      const response = await fetch(`${site.hubUrl}/h/${key}`, {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: Uint8Array.from(body),
      });
      const { eventId } = (await response.json()) as { eventId: string };
      return { id: idSchema('event').parse(eventId), body };
    }),
  );
  for (const { id, body } of sent) {
    const { result } = await pipeline.reached(id, 'SUCCESS', 60_000);
    expect(result?.text).toBe(JSON.stringify(hash(body)));
  }
}, 90_000);
