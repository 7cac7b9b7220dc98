import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Product } from '@nexomatic/testkit/start-product';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../server/archive/testing/archive-everything.ts', import.meta.url));

const archiveFolder = ({ stateDir }: Product): string => join(stateDir, 'archive');

/** Where the product keeps logs that are archived. The folder around it is written to whenever the hub tries its store. */
export const archivedLogs = (product: Product): string => join(archiveFolder(product), 'logs');

/** Moves the logs of all events that have ended to the archive. */
export async function archiveLogs(product: Product): Promise<void> {
  await run(process.execPath, [program, product.database, archiveFolder(product)]);
}
