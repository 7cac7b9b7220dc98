import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { formsOf } from './record-traffic.ts';

/** The files below a folder that hold one of the values, and how many were looked at. What goes meanwhile tells nothing any more. */
export async function filesTelling(
  folder: string,
  values: readonly string[],
): Promise<{ telling: string[]; looked: number }> {
  const forms = values.flatMap(formsOf);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  const telling: string[] = [];
  for (const file of files) {
    const bytes = await readFile(file).catch(() => Buffer.of());
    if (forms.some((form) => bytes.includes(form))) telling.push(path.relative(folder, file));
  }
  return { telling, looked: files.length };
}
