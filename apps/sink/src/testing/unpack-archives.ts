import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { zstdDecompressSync } from 'node:zlib';

/** What a frame of Zstandard begins with. */
const magic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** Everything in the archives of logs below a folder: the objects as they are, and each of their frames unpacked. */
export async function unpackArchives(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const parts: Buffer[] = [];
  for (const { parentPath, name } of entries.filter((entry) => entry.isFile())) {
    const bytes = await readFile(path.join(parentPath, name));
    parts.push(bytes);
    for (let at = bytes.indexOf(magic); at !== -1; at = bytes.indexOf(magic, at + magic.length))
      parts.push(unpackFrame(bytes.subarray(at)));
  }
  return Buffer.concat(parts);
}

/** The frame that bytes begin with; nothing where they only look like one. */
function unpackFrame(bytes: Buffer): Buffer {
  try {
    return zstdDecompressSync(bytes);
  } catch {
    return Buffer.of();
  }
}
