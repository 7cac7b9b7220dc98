import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { makeJoinToken } from '@nexomatic/testkit/factories';
import { callCli } from './call-cli.ts';
import type { openPipeline, Site } from './open-site.ts';
import { type SinkProcess, startSink } from './start-sink.ts';

/** A machine that has joined a site's hub as a sink of that pipeline's type, with keys of its own. */
export async function joinSite(site: Site, pipeline: Awaited<ReturnType<typeof openPipeline>>, name: string) {
  const dir = site.file(`home-${name}`);
  await mkdir(dir, { recursive: true });
  const cli = (...args: string[]) => callCli(['--dir', dir, ...args]);
  const { token } = await makeJoinToken(site.database, pipeline.sinkType, { name });
  const joined = await cli('join', `${site.hubUrl}/join/${token}`);
  if (joined.code !== 0) throw new Error(`${name} did not join: ${joined.stderr}`);
  const found = (await pipeline.api.sinks.list.query({ search: name })).sinks.find((sink) => sink.name === name);
  if (!found?.sealKey) throw new Error(`${name} has no key`);
  return {
    id: found.id,
    name,
    dir,
    ...found.sealKey,
    cli,
    /** Starts its agent, and comes back when that is ready. */
    async start(settings: Record<string, string> = {}): Promise<SinkProcess> {
      const sink = startSink({
        NEXOMATIC_CONFIG_DIR: dir,
        NEXOMATIC_MODULES: site.folder,
        NEXOMATIC_STATE_DIR: path.join(dir, 'state'),
        REDIS_URL: site.redisUrl,
        ...settings,
      });
      site.sinks.push(sink);
      await sink.line('agent.ready');
      return sink;
    },
  };
}
