import { pathToFileURL } from 'node:url';
import type { SinkDefinition } from '@nexomatic/client/define-sink';
import * as z from 'zod';
import { AgentError, exitCodes } from './agent-error.ts';

const definition = z.object({
  type: z.string().min(1),
  run: z.custom<SinkDefinition['run']>((value) => typeof value === 'function'),
});

/** The sink that a file defines by `defineSink`, under the name `sink` or as its default. */
export async function loadSinkFile(file: string): Promise<SinkDefinition> {
  const loaded = await importFile(file);
  const found = definition.safeParse(loaded.sink ?? loaded.default);
  if (found.success) return found.data;
  throw new AgentError(
    exitCodes.configuration,
    `${file} exports no sink; write: export const sink = defineSink({ type, run })`,
  );
}

async function importFile(file: string): Promise<{ sink?: unknown; default?: unknown }> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new AgentError(exitCodes.configuration, `${file} can not be loaded: ${text}`, { cause: error });
  }
}
