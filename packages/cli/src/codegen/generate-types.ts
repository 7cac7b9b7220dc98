import { compile } from 'json-schema-to-typescript';

export interface TypedEventType {
  name: string;
  description: string;
  /** JSON Schema (2020-12) as text; null: any payload is taken. */
  payloadSchema: string | null;
}

/**
 * TypeScript of the payloads of event types: a map from name to payload for `createNexomatic<HubPayloads>`. Each schema has a
 * namespace of its own, so that names of two schemas can't meet; types alone, nothing that runs.
 */
export async function generateTypes(eventTypes: TypedEventType[], from: string): Promise<string> {
  const spaces: string[] = [];
  const entries: string[] = [];
  const taken = new Set<string>();
  for (const { name, description, payloadSchema } of eventTypes) {
    const comment =
      description === '' ? '' : `  /** ${description.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')} */\n`;
    if (payloadSchema === null) {
      entries.push(`${comment}  '${name}': unknown;`);
      continue;
    }
    const space = namespaceOf(name, taken);
    spaces.push(`export declare namespace ${space} {\n${indent(await typesOf(name, payloadSchema))}}\n`);
    entries.push(`${comment}  '${name}': ${space}.Payload;`);
  }
  return [
    `// Written by "nexomatic codegen" from the event types of ${from}. Run it again when they change.\n`,
    `export interface HubPayloads {\n${entries.join('\n')}\n}\n`,
    ...spaces,
  ].join('\n');
}

async function typesOf(name: string, schema: string): Promise<string> {
  try {
    // A title would become the type's name, and the map above needs to know it.
    const { title: _, ...parsed } = JSON.parse(schema) as { title?: string };
    return await compile(parsed, 'Payload', {
      bannerComment: '',
      // What a schema names is in it; nothing is fetched.
      $refOptions: { resolve: { external: false } },
      style: { singleQuote: true, printWidth: 110 },
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The payload schema of ${name} can't be written as a type: ${why}`, { cause: error });
  }
}

/** `deploy.app` → `DeployApp`; a number after it where two names come to the same. */
function namespaceOf(name: string, taken: Set<string>): string {
  const words = name.split(/[^A-Za-z0-9]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const base = words.join('').replace(/^(?=\d)/, 'Type');
  let space = base;
  for (let n = 2; taken.has(space); n++) space = `${base}${n}`;
  taken.add(space);
  return space;
}

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');
