// Web streams know no brotli in workerd; its zlib is Node's, and both stop at a cap by themselves.
// biome-ignore lint/plugin: see above: this module is there in both
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib';

export type UnpackOutcome =
  | { kind: 'unpacked'; body: Uint8Array<ArrayBuffer> }
  | { kind: 'too_large' }
  /** Not what its encoding says. */
  | { kind: 'broken' };

type Decoder = (
  packed: Uint8Array,
  options: ZlibOptions,
  done: (error: Error | null, body: Uint8Array) => void,
) => void;

/** By the names of RFC 9110, 8.4.1; `deflate` is zlib's form. */
const decoders: Record<string, Decoder> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  deflate: inflate,
  br: brotliDecompress,
};

export const canUnpack = (encoding: string): boolean => Object.hasOwn(decoders, encoding);

/** Unpacks a body up to a cap; what would unpack to gigabytes costs no more than the cap. */
export function unpackBody(encoding: string, packed: Uint8Array, maxBytes: number): Promise<UnpackOutcome> {
  const decode = decoders[encoding];
  if (!decode) return Promise.resolve({ kind: 'broken' });
  return new Promise((resolve) => {
    decode(packed, { maxOutputLength: maxBytes }, (error, body) => {
      if (!error) resolve({ kind: 'unpacked', body: new Uint8Array(body) });
      else resolve({ kind: error instanceof RangeError ? 'too_large' : 'broken' });
    });
  });
}
