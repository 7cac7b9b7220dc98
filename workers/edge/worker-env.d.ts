declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import('./src/worker.ts');
  }
  interface Env {
    /** Read by env.ts, which trusts none of these. */
    HUB_URL?: unknown;
    EDGE_KEY_ID?: unknown;
    EDGE_KEY?: unknown;
    /** Bound in wrangler.jsonc. */
    SOURCE_BUFFERS: DurableObjectNamespace<import('./src/buffer/source-buffer.ts').SourceBuffer>;
    BUFFER_INDEX: DurableObjectNamespace<import('./src/buffer/buffer-index.ts').BufferIndex>;
    BODIES: R2Bucket;
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
