import { resolve } from 'node:path';
import type { BlobStoreSettings } from '@nexomatic/blob-store/open-blob-store';
import { secretSetting } from '../secret-setting.ts';

type Source = Record<string, string | undefined>;

const names = [
  'NEXOMATIC_BLOB_STORE',
  'NEXOMATIC_BLOB_FOLDER',
  'NEXOMATIC_BLOB_CONTAINER',
  'NEXOMATIC_BLOB_AZURE_CONNECTION',
  'NEXOMATIC_BLOB_AZURE_CONNECTION_FILE',
  'NEXOMATIC_BLOB_S3_ENDPOINT',
  'NEXOMATIC_BLOB_S3_REGION',
  'NEXOMATIC_BLOB_S3_KEY_ID',
  'NEXOMATIC_BLOB_S3_SECRET',
  'NEXOMATIC_BLOB_S3_SECRET_FILE',
];

/** Settings of the store that old logs are moved to. */
export const blobSettingNames: readonly string[] = names;

/**
 * Which store the environment names, and what is wrong with it. Whether the store answers is not asked here: a hub starts
 * without it, keeps logs in the database and says so.
 */
export function readBlobStore(source: Source): { store: BlobStoreSettings; faults: string[] } {
  const faults: string[] = [];
  const needed = (name: string, value: string | undefined, what: string): string => {
    if (!value) faults.push(`${name} is not set; give ${what}`);
    return value ?? '';
  };
  const secret = (name: string) => {
    const { value, fault } = secretSetting(source, name);
    if (fault) faults.push(fault);
    return value;
  };

  const kind = source.NEXOMATIC_BLOB_STORE || 'file';
  const container = () =>
    needed('NEXOMATIC_BLOB_CONTAINER', source.NEXOMATIC_BLOB_CONTAINER, 'the name of the container or bucket');
  if (kind === 'azure') {
    const name = 'NEXOMATIC_BLOB_AZURE_CONNECTION';
    const connectionString = needed(name, secret(name), 'the connection string of the storage account');
    if (connectionString && !/(?:^|;)(?:AccountName|BlobEndpoint)=/.test(connectionString))
      faults.push(`${name} is not a connection string; copy it from the storage account, under Access keys`);
    return { store: { kind, connectionString, container: container() }, faults };
  }
  if (kind === 's3') {
    const endpoint = source.NEXOMATIC_BLOB_S3_ENDPOINT || undefined;
    if (endpoint && !/^https?:$/.test(URL.parse(endpoint)?.protocol ?? ''))
      faults.push('NEXOMATIC_BLOB_S3_ENDPOINT is not a web address; give for example https://s3.example.com');
    const accessKeyId = source.NEXOMATIC_BLOB_S3_KEY_ID || undefined;
    const secretAccessKey = secret('NEXOMATIC_BLOB_S3_SECRET');
    if (!accessKeyId !== !secretAccessKey)
      faults.push('NEXOMATIC_BLOB_S3_KEY_ID and NEXOMATIC_BLOB_S3_SECRET belong together; set both or neither');
    const credentials = accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : undefined;
    const region = source.NEXOMATIC_BLOB_S3_REGION || (endpoint ? 'auto' : 'us-east-1');
    return { store: { kind, bucket: container(), region, endpoint, credentials }, faults };
  }
  if (kind !== 'file') faults.push('NEXOMATIC_BLOB_STORE must be one of file, azure, s3');
  return { store: { kind: 'file', folder: resolve(source.NEXOMATIC_BLOB_FOLDER || '.nexomatic/archive') }, faults };
}
