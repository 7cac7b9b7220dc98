import { writeFile } from 'node:fs/promises';
import type { Nexomatic } from '@nexomatic/client/nexomatic';
import { told } from '@nexomatic/client/refusal';
import { generateTypes, type TypedEventType } from './generate-types.ts';

export interface CodegenOptions {
  /** Of the hub, for the reader of the file. */
  url: string;
  /** File to write; standard output without one. */
  out?: string | undefined;
}

/** `nexomatic codegen`: writes payload types of every event type that the token's tenant has. Gives how many there are. */
export async function codegen({ api }: Nexomatic, { url, out }: CodegenOptions): Promise<number> {
  const eventTypes: TypedEventType[] = [];
  let cursor: string | null = null;
  do {
    const page: { eventTypes: TypedEventType[]; nextCursor: string | null } = await told(
      api.eventTypes.list.query(cursor === null ? {} : { cursor }),
    );
    eventTypes.push(...page.eventTypes);
    cursor = page.nextCursor;
  } while (cursor !== null);
  const text = await generateTypes(eventTypes, url);
  if (out === undefined) process.stdout.write(text);
  else await writeFile(out, text);
  return eventTypes.length;
}
