import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startProcess } from '@nexomatic/cli/processes/start-process';
import { endWithUs } from '@nexomatic/testkit/end-with-us';
import { freePort } from '@nexomatic/testkit/free-port';
import { waitFor } from '@nexomatic/testkit/wait-for';
import type { AzureSettings } from '../azure-backend.ts';
import type { S3Settings } from '../s3-backend.ts';

interface StoreServer<Settings> extends AsyncDisposable {
  url: string;
  settings: Settings;
}

const require = createRequire(import.meta.url);

/** Azure's own emulator, in memory, with an empty container. */
export async function startAzurite(): Promise<StoreServer<AzureSettings>> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/devstoreaccount1`;
  const program = join(dirname(require.resolve('azurite/package.json')), 'dist/src/blob/main.js');
  // The emulator is older than the client's version of the protocol.
  const args = [
    `--blobPort=${port}`,
    '--blobHost=127.0.0.1',
    '--skipApiVersionCheck',
    '--inMemoryPersistence',
    '--silent',
    '--disableTelemetry',
  ];
  const server = await start('Azurite', url, (folder) => ({ args: [program, ...args], cwd: folder, env: {} }));
  const { BlobServiceClient } = await import('@azure/storage-blob');
  const connectionString = `DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=${emulatorKey};BlobEndpoint=${url};`;
  await BlobServiceClient.fromConnectionString(connectionString).getContainerClient('archive').create();
  return { url, settings: { connectionString, container: 'archive' }, ...server };
}

/** Published by Microsoft for its emulator: it opens nothing else. */
const emulatorKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Cloudflare's R2 as it runs on a developer's machine, by its S3 door, with an empty bucket. */
export async function startR2(): Promise<StoreServer<S3Settings>> {
  const port = await freePort();
  const credentials = {
    accessKeyId: randomBytes(16).toString('hex'),
    secretAccessKey: randomBytes(32).toString('hex'),
  };
  const program = join(dirname(require.resolve('wrangler/package.json')), 'wrangler-dist/cli.js');
  const server = await start('R2', `http://127.0.0.1:${port}`, (folder) => {
    const bucket = {
      binding: 'ARCHIVE',
      bucket_name: 'archive',
      local_dev: { experimental_s3_credentials: credentials },
    };
    const config = { name: 'r2', main: 'worker.mjs', compatibility_date: '2026-11-01', r2_buckets: [bucket] };
    writeFileSync(join(folder, 'worker.mjs'), 'export default { fetch: () => new Response("ok") };\n');
    writeFileSync(join(folder, 'wrangler.json'), JSON.stringify(config));
    const args = [
      'dev',
      '--ip=127.0.0.1',
      `--port=${port}`,
      '--inspector-port=0',
      '--show-interactive-dev-session=false',
    ];
    return {
      args: ['--no-warnings', program, ...args],
      cwd: folder,
      env: {
        CI: '1',
        CLOUDFLARE_CF_FETCH_ENABLED: 'false',
        WRANGLER_REGISTRY_PATH: join(folder, 'registry'),
        WRANGLER_SEND_METRICS: 'false',
        WRANGLER_WRITE_LOGS: 'false',
      },
    };
  });
  const url = `http://127.0.0.1:${port}/cdn-cgi/local/r2/s3`;
  return { url, settings: { bucket: 'archive', region: 'auto', endpoint: url, credentials }, ...server };
}

async function start(
  what: string,
  url: string,
  program: (folder: string) => { args: string[]; cwd: string; env: Record<string, string> },
): Promise<AsyncDisposable> {
  const folder = mkdtempSync(join(tmpdir(), 'nexomatic-blobs-'));
  const { args, cwd, env } = program(folder);
  const running = startProcess({
    what,
    file: process.execPath,
    args,
    cwd,
    env: { PATH: dirname(process.execPath), HOME: folder, ...env },
    logFile: join(folder, 'log'),
    pidFile: join(folder, 'pid'),
  });
  // The whole group: R2 itself is a child of what was started.
  const callOff = endWithUs([-running.pid], folder);
  await waitFor(async () => (await fetch(url)).status > 0, { what: `${what} to answer`, timeoutMs: 60_000 });
  return {
    async [Symbol.asyncDispose]() {
      callOff();
      await running.stop(2_000);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
