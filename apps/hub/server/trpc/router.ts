import { actionsRouter } from './actions-router.ts';
import { apiTokensRouter } from './api-tokens-router.ts';
import { archiveRouter } from './archive-router.ts';
import { auditRouter } from './audit-router.ts';
import { blackoutsRouter } from './blackouts-router.ts';
import { bufferRouter } from './buffer-router.ts';
import { bulkRouter } from './bulk-router.ts';
import { enrolmentRouter } from './enrolment-router.ts';
import { eventGridRouter } from './event-grid-router.ts';
import { eventTypesRouter } from './event-types-router.ts';
import { eventsRouter } from './events-router.ts';
import { instanceRouter } from './instance-router.ts';
import { invitationsRouter } from './invitations-router.ts';
import { joinTokensRouter } from './join-tokens-router.ts';
import { logsRouter } from './logs-router.ts';
import { membersRouter } from './members-router.ts';
import { objectsRouter } from './objects-router.ts';
import { overviewRouter } from './overview-router.ts';
import { createCallerFactory, router } from './procedure.ts';
import { profileRouter } from './profile-router.ts';
import { requestsRouter } from './requests-router.ts';
import { schedulesRouter } from './schedules-router.ts';
import { secretsRouter } from './secrets-router.ts';
import { sessionRouter } from './session-router.ts';
import { sinkRouter } from './sink-router.ts';
import { sinkTypesRouter } from './sink-types-router.ts';
import { sinksRouter } from './sinks-router.ts';
import { sourceSecretsRouter } from './source-secrets-router.ts';
import { sourceTypesRouter } from './source-types-router.ts';
import { sourcesRouter } from './sources-router.ts';
import { tenantRouter } from './tenant-router.ts';
import { tenantsRouter } from './tenants-router.ts';
import { usersRouter } from './users-router.ts';
import { viewsRouter } from './views-router.ts';

/** Everything that people, programs and sinks can ask of the hub. REST and OpenAPI are made from the same procedures. */
export const appRouter = router({
  actions: actionsRouter,
  apiTokens: apiTokensRouter,
  archive: archiveRouter,
  audit: auditRouter,
  buffer: bufferRouter,
  bulk: bulkRouter,
  eventGrid: eventGridRouter,
  enrolment: enrolmentRouter,
  eventTypes: eventTypesRouter,
  events: eventsRouter,
  instance: instanceRouter,
  joinTokens: joinTokensRouter,
  logs: logsRouter,
  members: membersRouter,
  objects: objectsRouter,
  requests: requestsRouter,
  schedules: schedulesRouter,
  blackouts: blackoutsRouter,
  secrets: secretsRouter,
  overview: overviewRouter,
  invitations: invitationsRouter,
  profile: profileRouter,
  session: sessionRouter,
  sink: sinkRouter,
  sinkTypes: sinkTypesRouter,
  sinks: sinksRouter,
  sourceSecrets: sourceSecretsRouter,
  sourceTypes: sourceTypesRouter,
  sources: sourcesRouter,
  tenant: tenantRouter,
  tenants: tenantsRouter,
  users: usersRouter,
  views: viewsRouter,
});

/** Exported to typed clients; they import this type alone and none of the code. */
export type AppRouter = typeof appRouter;

/** The procedures as plain functions, for Remix loaders and for REST. */
export const createCaller = createCallerFactory(appRouter);
export type HubCaller = ReturnType<typeof createCaller>;
