import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';
import { edgeKeyHex, edgeKeyId } from './testing/shared-key.ts';

// wrangler looks in the environment for the secrets that wrangler.jsonc lists, and warns about each that is not there.
Object.assign(process.env, { HUB_URL: 'set below', EDGE_KEY_ID: edgeKeyId, EDGE_KEY: edgeKeyHex });

/** The Worker under test runs in workerd; the hub it forwards to is a server in Node on a free port. */
export default defineConfig({
  plugins: [
    cloudflareTest(({ inject }) => ({
      wrangler: { configPath: './wrangler.jsonc' },
      miniflare: { bindings: { HUB_URL: inject<string>('hubUrl') }, cf: false },
    })),
  ],
  test: {
    name: 'edge',
    // Only a fault reaches these: long enough for a machine that is busy with something else.
    expect: { poll: { timeout: 30_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One workerd for all files: starting one takes longer than most of them run.
    isolate: false,
    include: ['{src,testing}/**/*.edge.test.ts'],
    globalSetup: './testing/hub-stand-in.ts',
    setupFiles: './testing/logged-lines.ts',
  },
});
