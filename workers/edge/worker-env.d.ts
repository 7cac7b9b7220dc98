declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import('./src/worker.ts');
  }
  /** Read by env.ts, which trusts none of it. */
  interface Env {
    HUB_URL?: unknown;
    EDGE_KEY_ID?: unknown;
    EDGE_KEY?: unknown;
  }
}
