import { afterAll, describe, expect, test } from 'vitest';
import { openBlobStore } from './open-blob-store.ts';
import { blobOf, storeKeepsItsPromises } from './testing/conformance.ts';
import { startAzurite } from './testing/servers.ts';

const server = await startAzurite();
afterAll(() => server[Symbol.asyncDispose]());

describe('a container of Azure Blob Storage', async () => {
  const store = await openBlobStore({ kind: 'azure', ...server.settings });
  storeKeepsItsPromises(store);

  test('a wrong key and a container that is not there are told as what they are', async () => {
    const connectionString = server.settings.connectionString.replace('AccountKey=Eby8', 'AccountKey=Abcd');
    const wrong = await openBlobStore({ kind: 'azure', connectionString, container: 'archive' });
    await expect(wrong.putIfAbsent('a', blobOf(Buffer.from('x')))).rejects.toMatchObject({ fault: 'denied' });
    const none = await openBlobStore({ kind: 'azure', ...server.settings, container: 'none' });
    await expect(none.putIfAbsent('a', blobOf(Buffer.from('x')))).rejects.toMatchObject({
      fault: 'missing',
      message: 'Azure container none answered 404 (ContainerNotFound)',
    });
  });
});
