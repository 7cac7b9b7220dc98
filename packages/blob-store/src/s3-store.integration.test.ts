import { afterAll, describe, expect, test } from 'vitest';
import { openBlobStore } from './open-blob-store.ts';
import { blobOf, storeKeepsItsPromises } from './testing/conformance.ts';
import { startR2 } from './testing/servers.ts';

const server = await startR2();
afterAll(() => server[Symbol.asyncDispose]());

describe('a bucket that speaks S3', async () => {
  const store = await openBlobStore({ kind: 's3', ...server.settings });
  storeKeepsItsPromises(store);

  test('a wrong key and a bucket that is not there are told as what they are', async () => {
    const credentials = { accessKeyId: 'f'.repeat(32), secretAccessKey: 'f'.repeat(64) };
    const wrong = await openBlobStore({ kind: 's3', ...server.settings, credentials });
    await expect(wrong.putIfAbsent('a', blobOf(Buffer.from('x')))).rejects.toMatchObject({ fault: 'denied' });
    const none = await openBlobStore({ kind: 's3', ...server.settings, bucket: 'none' });
    await expect(none.putIfAbsent('a', blobOf(Buffer.from('x')))).rejects.toMatchObject({ fault: 'missing' });
  });
});
