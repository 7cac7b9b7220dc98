import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readBlobStore } from './store-setting.ts';

const folder = mkdtempSync(join(tmpdir(), 'nexomatic-store-'));
afterAll(() => rmSync(folder, { recursive: true }));

const connection = 'DefaultEndpointsProtocol=https;AccountName=name;AccountKey=a2V5;EndpointSuffix=core.windows.net';

test('a folder is named by itself', () => {
  expect(readBlobStore({ NEXOMATIC_BLOB_FOLDER: '/var/lib/nexomatic' })).toEqual({
    store: { kind: 'file', folder: '/var/lib/nexomatic' },
    faults: [],
  });
});

test('a container of Azure is named with the connection string, which can come from a file', () => {
  const file = join(folder, 'connection');
  writeFileSync(file, `${connection}\n`);
  const source = {
    NEXOMATIC_BLOB_STORE: 'azure',
    NEXOMATIC_BLOB_CONTAINER: 'logs',
    NEXOMATIC_BLOB_AZURE_CONNECTION_FILE: file,
  };
  expect(readBlobStore(source)).toEqual({
    store: { kind: 'azure', connectionString: connection, container: 'logs' },
    faults: [],
  });
});

test('a bucket is named with its endpoint and keys, or left to the role of the machine', () => {
  const source = { NEXOMATIC_BLOB_STORE: 's3', NEXOMATIC_BLOB_CONTAINER: 'logs' };
  const more = {
    NEXOMATIC_BLOB_S3_ENDPOINT: 'https://account.r2.cloudflarestorage.com',
    NEXOMATIC_BLOB_S3_KEY_ID: 'id',
    NEXOMATIC_BLOB_S3_SECRET: 'secret',
  };
  expect(readBlobStore({ ...source, ...more }).store).toEqual({
    kind: 's3',
    bucket: 'logs',
    region: 'auto',
    endpoint: 'https://account.r2.cloudflarestorage.com',
    credentials: { accessKeyId: 'id', secretAccessKey: 'secret' },
  });
  expect(readBlobStore({ ...source, NEXOMATIC_BLOB_S3_REGION: 'eu-central-1' })).toEqual({
    store: { kind: 's3', bucket: 'logs', region: 'eu-central-1', endpoint: undefined, credentials: undefined },
    faults: [],
  });
});

test.each([
  [{ NEXOMATIC_BLOB_STORE: 'ftp' }, ['NEXOMATIC_BLOB_STORE must be one of file, azure, s3']],
  [
    { NEXOMATIC_BLOB_STORE: 'azure' },
    [
      'NEXOMATIC_BLOB_AZURE_CONNECTION is not set; give the connection string of the storage account',
      'NEXOMATIC_BLOB_CONTAINER is not set; give the name of the container or bucket',
    ],
  ],
  [
    {
      NEXOMATIC_BLOB_STORE: 'azure',
      NEXOMATIC_BLOB_CONTAINER: 'logs',
      NEXOMATIC_BLOB_AZURE_CONNECTION: 'https://name.blob.core.windows.net',
    },
    ['NEXOMATIC_BLOB_AZURE_CONNECTION is not a connection string; copy it from the storage account, under Access keys'],
  ],
  [
    {
      NEXOMATIC_BLOB_STORE: 's3',
      NEXOMATIC_BLOB_CONTAINER: 'logs',
      NEXOMATIC_BLOB_S3_ENDPOINT: 'r2',
      NEXOMATIC_BLOB_S3_KEY_ID: 'id',
    },
    [
      'NEXOMATIC_BLOB_S3_ENDPOINT is not a web address; give for example https://s3.example.com',
      'NEXOMATIC_BLOB_S3_KEY_ID and NEXOMATIC_BLOB_S3_SECRET belong together; set both or neither',
    ],
  ],
])('%j is refused with what to do', (source, faults) => {
  expect(readBlobStore(source as Record<string, string>).faults).toEqual(faults);
});
