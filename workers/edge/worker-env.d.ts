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

/** The part of Node's zlib that `unpack-body.ts` uses; Node's types would bring in much that workerd has not. */
declare module 'node:zlib' {
  interface ZlibOptions {
    maxOutputLength?: number;
  }
  type Unpack = (
    packed: Uint8Array,
    options: ZlibOptions,
    done: (error: Error | null, body: Uint8Array) => void,
  ) => void;
  export const brotliDecompress: Unpack;
  export const gunzip: Unpack;
  export const inflate: Unpack;
  export type { ZlibOptions };
}
