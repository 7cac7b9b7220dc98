import * as z from 'zod';
import { currentVersion, description, listInput, named, nextCursor } from './definition-api.ts';
import { nameSchema } from './event-api.ts';
import { idSchema } from './id.ts';
import { sinkRuntimes } from './sink-protocol.ts';

/** Sink types in the API: sinks of one type stand in for each other. */

const fields = {
  name: nameSchema.describe('for example LINUX:PYTHON; fixed while there are sinks of the type'),
  runtime: z.enum(sinkRuntimes).describe('what its sinks run; fixed while there are any'),
  description,
};

export const createSinkTypeInput = z.strictObject(fields);
export type CreateSinkType = z.infer<typeof createSinkTypeInput>;
export const updateSinkTypeInput = z.strictObject({ id: idSchema('sinkType'), version: currentVersion, ...fields });
export type UpdateSinkType = z.infer<typeof updateSinkTypeInput>;
export const sinkTypeRef = z.strictObject({ id: idSchema('sinkType') });

export const sinkTypeSummary = z.object({
  id: idSchema('sinkType'),
  name: z.string(),
  runtime: z.enum(sinkRuntimes),
  description: z.string(),
  version: z.int(),
  sinks: z.object({ total: z.int(), online: z.int() }),
  usedBy: z.array(named(idSchema('eventType'))).describe('event types that its sinks run'),
});
export type SinkTypeSummary = z.infer<typeof sinkTypeSummary>;
export const listSinkTypesInput = listInput;
export const listSinkTypesOutput = z.object({ sinkTypes: z.array(sinkTypeSummary), nextCursor });
