import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Product } from '@nexomatic/testkit/start-product';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../server/archive/testing/archive-everything.ts', import.meta.url));

/** Where the product keeps what is archived. */
export const archiveFolder = ({ stateDir }: Product): string => join(stateDir, 'archive');

/** Moves the logs of all events that have ended to the archive. */
export async function archiveLogs(product: Product): Promise<void> {
  await run(process.execPath, [program, product.database, archiveFolder(product)]);
}
