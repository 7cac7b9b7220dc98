import type { Database } from '@nexomatic/db/database';
import { makePipeline, makeSchedule, makeSecret } from '@nexomatic/testkit/factories';

/** A tenant with something of everything, whose ids the cases name. */
export async function makeWorld(database: Database) {
  const pipeline = await makePipeline(database);
  return {
    ...pipeline,
    schedule: await makeSchedule(database, pipeline.eventType),
    secret: await makeSecret(database, pipeline.tenant.id),
  };
}
export type World = Awaited<ReturnType<typeof makeWorld>>;

/** How a procedure is called in the sweep over all of them: with what its own people would send. */
export interface ProcedureCase {
  input(world: World): unknown;
  /**
   * What a stranger gets who sends the same to their own tenant: `not_found` where the input names an object, `own` where it
   * names none and the answer is about their own tenant.
   */
  stranger: 'not_found' | 'own';
}

export type ProcedureCases = Record<string, ProcedureCase>;
