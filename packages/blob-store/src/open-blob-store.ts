import type { AzureSettings } from './azure-backend.ts';
import type { Backend } from './backend.ts';
import type { BlobStore } from './blob-store.ts';
import { fileBackend } from './file-backend.ts';
import { guardStore } from './guard-store.ts';
import type { S3Settings } from './s3-backend.ts';

export type BlobStoreSettings =
  | { kind: 'file'; folder: string }
  | ({ kind: 'azure' } & AzureSettings)
  | ({ kind: 's3' } & S3Settings);

/** Opens a store; nothing is asked of it yet. `answerWithinMs` is how long it may be silent. */
export async function openBlobStore(settings: BlobStoreSettings, answerWithinMs = 30_000): Promise<BlobStore> {
  return guardStore(await backendOf(settings), answerWithinMs);
}

/** The vendors' libraries are large: a hub loads the one that it uses. */
async function backendOf(settings: BlobStoreSettings): Promise<Backend> {
  switch (settings.kind) {
    case 'file':
      return fileBackend(settings.folder);
    case 'azure':
      return (await import('./azure-backend.ts')).azureBackend(settings);
    case 's3':
      return (await import('./s3-backend.ts')).s3Backend(settings);
  }
}
