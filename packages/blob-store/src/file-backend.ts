import { randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { link, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { systemClock } from '@nexomatic/clock';
import type { Backend } from './backend.ts';
import { BlobError, type StoredBlob } from './blob-store.ts';

/** Where files stand while they are written. What an ended process left there is never taken for an object. */
const partialFolder = '.partial';

const dayMs = 24 * 3_600_000;

/** A folder of this machine, or one that is mounted. It needs hard links: they are what never replaces a file. */
export function fileBackend(root: string): Backend {
  const fileOf = (key: string) => join(root, ...key.split('/'));
  let sweptAt = Number.NEGATIVE_INFINITY;

  /** Deletes what processes that were killed have left half written; nobody writes one file for a day. */
  async function sweepPartials(folder: string): Promise<void> {
    const now = systemClock.now();
    if (now - sweptAt < dayMs) return;
    sweptAt = now;
    for (const name of await readdir(folder)) {
      const file = join(folder, name);
      const left = await stat(file).catch(unlessGone);
      if (left && now - left.mtimeMs > dayMs) await rm(file, { force: true });
    }
  }

  return {
    place: `folder ${root}`,
    async put(key, _size, _sha256, bytes, signal) {
      const file = fileOf(key);
      const partial = join(root, partialFolder, randomUUID());
      await mkdir(dirname(partial), { recursive: true, mode: 0o700 });
      await sweepPartials(dirname(partial));
      try {
        await pipeline(bytes(), createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true }), { signal });
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await link(partial, file);
        await syncFolder(dirname(file));
        return 'stored';
      } catch (error) {
        if (codeOf(error) === 'EEXIST') return 'exists';
        throw error;
      } finally {
        await rm(partial, { force: true });
      }
    },
    async open(key, { from, length }) {
      const stream = createReadStream(fileOf(key), { start: from, end: from + length - 1 });
      await new Promise<void>((resolve, reject) => stream.once('open', () => resolve()).once('error', reject));
      return stream;
    },
    async size(key) {
      return (await stat(fileOf(key)).catch(unlessGone))?.size ?? null;
    },
    async page(prefix) {
      const keys = await filesUnder(root, prefix.slice(0, prefix.lastIndexOf('/') + 1));
      const blobs: StoredBlob[] = [];
      for (const key of keys) {
        if (!key.startsWith(prefix)) continue;
        const found = await stat(fileOf(key)).catch(unlessGone);
        if (found) blobs.push({ key, size: found.size, at: found.mtime });
      }
      return { blobs, next: null };
    },
    async delete(key) {
      await rm(fileOf(key), { force: true });
    },
    explain(error) {
      const code = codeOf(error);
      const fault = code === 'ENOENT' ? 'missing' : deniedCodes.includes(code) ? 'denied' : 'unavailable';
      if (!code || error instanceof DOMException || code === 'ABORT_ERR') return null;
      return new BlobError(fault, `folder ${root}: ${sentences[code] ?? 'the file system failed'} (${code})`, {
        cause: error,
      });
    },
    close: () => undefined,
  };
}

const deniedCodes = ['EACCES', 'EPERM', 'EROFS'];
const sentences: Record<string, string> = {
  EACCES: 'the hub may not read or write there',
  EPERM: 'the hub may not read or write there',
  EROFS: 'it can only be read',
  ENOENT: 'the file is not there',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
  EFBIG: 'the file would be larger than is allowed',
  EIO: 'the disk has a fault',
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function unlessGone(error: unknown): null {
  if (codeOf(error) === 'ENOENT') return null;
  throw error;
}

/** Makes a new name outlast a power cut. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function filesUnder(root: string, folder: string): Promise<string[]> {
  try {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((key) => !key.startsWith(`${partialFolder}/`));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
