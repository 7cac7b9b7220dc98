import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openBlobStore } from './open-blob-store.ts';
import { allOf, blobOf, storeKeepsItsPromises } from './testing/conformance.ts';

const root = mkdtempSync(join(tmpdir(), 'nexomatic-blobs-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const store = await openBlobStore({ kind: 'file', folder: join(root, 'archive') });

describe('a folder', () => {
  storeKeepsItsPromises(store);

  test('nothing that was written in part is left, or listed while it stands there', async () => {
    expect(readdirSync(join(root, 'archive', '.partial'))).toEqual([]);
    writeFileSync(join(root, 'archive', '.partial', 'left-over'), 'x');
    expect((await allOf(store.list(''))).filter((key) => key.includes('left-over'))).toEqual([]);
  });

  test('a folder that can not be made is told with its reason', async () => {
    writeFileSync(join(root, 'file'), '');
    const blocked = await openBlobStore({ kind: 'file', folder: join(root, 'file', 'archive') });
    await expect(blocked.putIfAbsent('a', blobOf(Buffer.from('x')))).rejects.toMatchObject({
      fault: 'unavailable',
      message: `folder ${join(root, 'file', 'archive')}: the file system failed (ENOTDIR)`,
    });
  });
});
