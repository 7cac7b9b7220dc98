import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@nexomatic/clock';
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
    expect((await allOf(store.list(''))).filter(({ key }) => key.includes('left-over'))).toEqual([]);
  });

  test('what a process that was killed has left half written is deleted a day later, and nothing younger', async () => {
    const partial = join(root, 'archive', '.partial');
    const hoursAgo = (hours: number) => new Date(systemClock.now() - hours * 3_600_000);
    for (const [name, hours] of [
      ['old', 25],
      ['young', 23],
    ] as const) {
      writeFileSync(join(partial, name), 'x');
      utimesSync(join(partial, name), hoursAgo(hours), hoursAgo(hours));
    }
    const next = await openBlobStore({ kind: 'file', folder: join(root, 'archive') });
    await next.putIfAbsent('sweep/one', blobOf(Buffer.from('x')));
    expect(readdirSync(partial)).toEqual(expect.arrayContaining(['young']));
    expect(readdirSync(partial)).not.toContain('old');
    rmSync(join(partial, 'young'));
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
