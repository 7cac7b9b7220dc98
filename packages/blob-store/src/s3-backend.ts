import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { type Backend, faultOfStatus } from './backend.ts';
import { BlobError } from './blob-store.ts';

export interface S3Settings {
  bucket: string;
  region: string;
  /** Of a store that is not Amazon's, for example R2 or MinIO. */
  endpoint?: string | undefined;
  /** Without them Amazon's own ways are tried: the role of the machine, a profile. */
  credentials?: { accessKeyId: string; secretAccessKey: string } | undefined;
}

/** A bucket of Amazon S3, or of another store that speaks its protocol. */
export function s3Backend({ bucket, region, endpoint, credentials }: S3Settings): Backend {
  const client = new S3Client({
    region,
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    ...(credentials ? { credentials } : {}),
    // Other stores don't know the trailing checksums that the client would send by itself; ours is in the header.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    // Without one it writes to the console.
    logger: { debug: silent, info: silent, warn: silent, error: silent },
  });
  const place = `S3 bucket ${bucket}`;

  return {
    place,
    async put(key, size, sha256, open, abortSignal) {
      const ChecksumSHA256 = Buffer.from(sha256).toString('base64');
      const input = { Bucket: bucket, Key: key, ContentLength: size, IfNoneMatch: '*', ChecksumSHA256, Body: open() };
      try {
        await client.send(new PutObjectCommand(input), { abortSignal });
        return 'stored';
      } catch (error) {
        // 409: somebody else writes the same key at this moment.
        if (statusOf(error) === 412 || statusOf(error) === 409) return 'exists';
        throw error;
      }
    },
    async open(key, { from, length }, abortSignal) {
      const Range = `bytes=${from}-${from + length - 1}`;
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range }), { abortSignal });
      if (!Body) throw new BlobError('corrupt', `${place} gave no bytes of ${key}`);
      return Body as Readable;
    },
    async size(key, abortSignal) {
      try {
        const found = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal });
        return found.ContentLength ?? 0;
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw error;
      }
    },
    async page(prefix, from, abortSignal) {
      const input = { Bucket: bucket, Prefix: prefix, ...(from ? { ContinuationToken: from } : {}) };
      const { Contents = [], NextContinuationToken } = await client.send(new ListObjectsV2Command(input), {
        abortSignal,
      });
      const blobs = Contents.flatMap(({ Key, Size = 0, LastModified }) =>
        Key && LastModified ? { key: Key, size: Size, at: LastModified } : [],
      );
      return { blobs, next: NextContinuationToken ?? null };
    },
    async delete(key, abortSignal) {
      await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }), { abortSignal });
    },
    explain(error) {
      if (error instanceof Error && error.name === 'CredentialsProviderError')
        return new BlobError('denied', `${place}: the hub has no key for it`, { cause: error });
      const status = statusOf(error);
      if (!status || !(error instanceof Error)) return null;
      return new BlobError(faultOfStatus(status), `${place} answered ${status} (${error.name})`, { cause: error });
    },
    close: () => client.destroy(),
  };
}

const silent = () => undefined;

function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
