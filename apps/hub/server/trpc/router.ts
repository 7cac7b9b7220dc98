import { actionsRouter } from './actions-router.ts';
import { eventsRouter } from './events-router.ts';
import { createCallerFactory, router } from './procedure.ts';
import { sessionRouter } from './session-router.ts';
import { sinkRouter } from './sink-router.ts';

/** Everything that people, programs and sinks can ask of the hub. REST and OpenAPI are made from the same procedures. */
export const appRouter = router({
  actions: actionsRouter,
  events: eventsRouter,
  session: sessionRouter,
  sink: sinkRouter,
});

/** Exported to typed clients; they import this type alone and none of the code. */
export type AppRouter = typeof appRouter;

/** The procedures as plain functions, for Remix loaders and for REST. */
export const createCaller = createCallerFactory(appRouter);
export type HubCaller = ReturnType<typeof createCaller>;
