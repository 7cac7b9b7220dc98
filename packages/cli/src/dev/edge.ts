import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Component, startComponent } from './component.ts';
import { childEnvironment, repositoryRoot } from './settings.ts';
import type { StateFolder } from './state-folder.ts';

const folder = join(repositoryRoot, 'workers/edge');
const keyId = 'dev';

/** The key with which edge and hub trust each other, made once; the file is what the hub's NEXOMATIC_EDGE_KEYS takes. */
export function keptEdgeKey(state: StateFolder): { file: string; key: string } {
  const file = state.secretFile('edge-keys');
  if (!existsSync(file)) writeFileSync(file, `${keyId}:${randomBytes(32).toString('hex')}`, { mode: 0o600 });
  return {
    file,
    key: readFileSync(file, 'utf8')
      .trim()
      .slice(keyId.length + 1),
  };
}

/**
 * The Worker under workerd, as Cloudflare's own tool runs it. Its settings come from the environment (arguments can be
 * read by every user of the machine, and a stray `.dev.vars` is kept out by naming another file). Wrangler's JavaScript
 * entry is started with our Node, because its `bin` wrapper and npx do not pass signals on, in a process group that
 * takes workerd along when it is stopped.
 */
export function startEdge(options: { state: StateFolder; port: number; hubUrl: string; key: string }): Component {
  const { state, port, hubUrl, key } = options;
  const wrangler = createRequire(join(folder, 'package.json')).resolve('wrangler/package.json');
  return startComponent({
    name: 'edge',
    args: [
      '--no-warnings',
      join(dirname(wrangler), 'wrangler-dist/cli.js'),
      'dev',
      '--config',
      join(folder, 'wrangler.jsonc'),
      '--ip=127.0.0.1',
      `--port=${port}`,
      '--inspector-port=0',
      '--persist-to',
      join(state.root, 'edge'),
      '--env-file',
      '/dev/null',
      '--show-interactive-dev-session=false',
    ],
    env: childEnvironment({
      CI: '1',
      NO_COLOR: '1',
      HUB_URL: hubUrl,
      EDGE_KEY_ID: keyId,
      EDGE_KEY: key,
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      WRANGLER_REGISTRY_PATH: join(state.root, 'edge', 'registry'),
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_WRITE_LOGS: 'false',
    }),
    cwd: folder,
    state,
    stopWithinMs: 5000,
    // Wrangler prints the path of each request, and that holds the source's key.
    mask: (line) => line.replace(/\/h\/[a-z2-7]{6,}/g, '/h/…'),
  });
}
