import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** `migrations/` at the root of the repository. */
export const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url));

/** Names of all migrations that this version has, oldest first. */
export async function migrationNames(): Promise<string[]> {
  const files = await readdir(migrationsFolder);
  return files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -'.ts'.length))
    .sort();
}
