import { chmod, readFile, writeFile } from 'node:fs/promises';
import { isId } from '@nexomatic/contracts/id';
import * as z from 'zod';

/** What opens the demo tenant. The database keeps hashes only, so this file is where a second start finds them. */
export interface DemoCredentials {
  /** Slug. */
  tenant: string;
  apiToken: string;
  webhookKey: string;
  sinkId: string;
  sinkToken: string;
}

const schema = z.object({
  tenant: z.string(),
  apiToken: z.string().startsWith('nxt_'),
  webhookKey: z.string().regex(/^[a-z2-7]{32}$/),
  sinkId: z.string().refine((text) => isId('sink', text)),
  sinkToken: z.string().startsWith('nxs_'),
});

/** The credentials of an earlier seeding; null if there is no such file. */
export async function readCredentials(file: string): Promise<DemoCredentials | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success)
    throw new Error(`${file} does not hold credentials of the demo: delete it to have new ones made`);
  return parsed.data;
}

/** For the owner's eyes alone, also where the file was there with other rights before. */
export async function writeCredentials(file: string, credentials: DemoCredentials): Promise<void> {
  await writeFile(file, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON fails the schema, like JSON of another shape.
    return undefined;
  }
}
