import type { Readable } from 'node:stream';
import { BlobServiceClient, type ContainerListBlobFlatSegmentResponse, RestError } from '@azure/storage-blob';
import { type Backend, faultOfStatus } from './backend.ts';
import { BlobError } from './blob-store.ts';

export interface AzureSettings {
  /** Of the storage account; it holds a key or a shared access signature. */
  connectionString: string;
  container: string;
}

/** A container of Azure Blob Storage. */
export function azureBackend({ connectionString, container }: AzureSettings): Backend {
  const service = BlobServiceClient.fromConnectionString(connectionString, {
    retryOptions: { maxTries: 3, retryDelayInMs: 200, maxRetryDelayInMs: 2_000 },
  });
  const client = service.getContainerClient(container);
  const place = `Azure container ${container}`;

  return {
    place,
    async put(key, size, _sha256, open, abortSignal) {
      const conditions = { ifNoneMatch: '*' };
      try {
        await client.getBlockBlobClient(key).upload(open, size, { abortSignal, conditions });
        return 'stored';
      } catch (error) {
        if (error instanceof RestError && error.code === 'BlobAlreadyExists') return 'exists';
        throw error;
      }
    },
    async open(key, { from, length }, abortSignal) {
      const { readableStreamBody } = await client.getBlobClient(key).download(from, length, { abortSignal });
      if (!readableStreamBody) throw new BlobError('corrupt', `${place} gave no bytes of ${key}`);
      return readableStreamBody as Readable;
    },
    async size(key, abortSignal) {
      try {
        return (await client.getBlobClient(key).getProperties({ abortSignal })).contentLength ?? 0;
      } catch (error) {
        if (error instanceof RestError && error.statusCode === 404) return null;
        throw error;
      }
    },
    async page(prefix, from, abortSignal) {
      const pages = client.listBlobsFlat({ prefix, abortSignal }).byPage(from ? { continuationToken: from } : {});
      const { value } = await pages.next();
      const segment = value as ContainerListBlobFlatSegmentResponse | undefined;
      return {
        blobs: (segment?.segment.blobItems ?? []).map(({ name, properties }) => ({
          key: name,
          size: properties.contentLength ?? 0,
          at: properties.lastModified,
        })),
        next: segment?.continuationToken || null,
      };
    },
    async delete(key, abortSignal) {
      await client.getBlobClient(key).deleteIfExists({ abortSignal });
    },
    explain(error) {
      if (!(error instanceof RestError)) return null;
      const { statusCode: status, code = '' } = error;
      if (!status) return new BlobError('unavailable', `${place} can't be reached (${code})`, { cause: error });
      return new BlobError(faultOfStatus(status), `${place} answered ${status}${code && ` (${code})`}`, {
        cause: error,
      });
    },
    close: () => undefined,
  };
}
