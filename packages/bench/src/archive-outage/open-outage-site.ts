import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBlobStore } from '@nexomatic/blob-store/open-blob-store';
import { startR2 } from '@nexomatic/blob-store/testing/servers';
import { freePort } from '@nexomatic/cli/infrastructure/free-port';
import { startSink } from '@nexomatic/sink/testing/start-sink';
import { makePipeline } from '@nexomatic/testkit/factories';
import { openPrivateSite } from '../open-private-site.ts';
import { type HubProcess, startHub } from '../pipeline/start-hub.ts';
import { type LinkState, openBlobLink } from './blob-link.ts';
import { moduleText } from './written-log.ts';

/** A hub that is killed and started again on the same port, with a link of its own to the blob store. */
export interface OutageHub {
  name: string;
  url: string;
  start(): Promise<void>;
  kill(): Promise<void>;
  killAndStart(): Promise<void>;
}

export type OutageSite = Awaited<ReturnType<typeof openOutageSite>>;

/** Two hubs on a store that speaks S3, of which none runs yet; `stalled` is told whose upload stopped halfway. */
export async function openOutageSite(stalled: (hub: OutageHub) => void, stack: AsyncDisposableStack) {
  const { folder, servers, database } = await openPrivateSite('archive-outage', stack);
  const r2 = stack.use(await startR2());
  // With both hubs away for long, an agent counts as lost, and so does what its modules wrote.
  const eventType = { rerunWhenLost: true };
  const pipeline = await makePipeline(database, { action: { module: 'writes' }, eventType });
  const store = await openBlobStore({ kind: 's3', ...r2.settings });
  stack.defer(() => store.close());
  const keyring = randomBytes(32).toString('hex');

  async function openHub(name: string): Promise<OutageHub & { set(state: LinkState): void }> {
    const port = await freePort();
    const hubFolder = join(folder, name);
    mkdirSync(hubFolder);
    let running: HubProcess | undefined;
    const link = stack.use(await openBlobLink(r2.url, () => stalled(hub)));
    const settings = {
      NEXOMATIC_KEYRING: keyring,
      NEXOMATIC_BLOB_STORE: 's3',
      NEXOMATIC_BLOB_CONTAINER: r2.settings.bucket,
      NEXOMATIC_BLOB_S3_ENDPOINT: link.url,
      NEXOMATIC_BLOB_S3_KEY_ID: r2.settings.credentials?.accessKeyId ?? '',
      NEXOMATIC_BLOB_S3_SECRET: r2.settings.credentials?.secretAccessKey ?? '',
    };
    const hub = {
      name,
      url: `http://127.0.0.1:${port}`,
      set: link.set,
      async start() {
        running = await startHub(servers, { folder: hubFolder, nodeOptions: [], port, settings });
      },
      async kill() {
        await running?.kill();
      },
      async killAndStart() {
        await hub.kill();
        await hub.start();
      },
    };
    stack.defer(async () => running?.[Symbol.asyncDispose]());
    return hub;
  }

  const hubs = [await openHub('one'), await openHub('two')] as const;
  const modules = join(folder, 'modules');
  mkdirSync(modules);
  writeFileSync(join(modules, 'writes.py'), moduleText);

  return {
    ...{ servers, sql: database.sql, pipeline, store, hubs },
    /** An agent of the first hub. */
    async startAgent(): Promise<void> {
      const sink = startSink({
        NEXOMATIC_HUB_URL: hubs[0].url,
        NEXOMATIC_SINK_TOKEN: pipeline.sinkToken,
        NEXOMATIC_MODULES: modules,
        NEXOMATIC_STATE_DIR: join(folder, 'sink'),
      });
      stack.defer(async () => {
        sink.child.kill('SIGTERM');
        await sink.ended();
      });
      await sink.line('agent.ready');
    },
    /**
     * Kills both and starts them again, so that they look for what is due at once: whoever archived last kept the turn for two
     * minutes, and nobody looks again for ten.
     */
    async startAnew(): Promise<void> {
      await Promise.all(hubs.map((hub) => hub.kill()));
      await database.sql.run(`DELETE FROM instance_settings WHERE name IN ('archive.turn', 'archive.passed')`);
      await Promise.all(hubs.map((hub) => hub.start()));
    },
    setLinks(state: LinkState): void {
      for (const hub of hubs) hub.set(state);
    },
  };
}
