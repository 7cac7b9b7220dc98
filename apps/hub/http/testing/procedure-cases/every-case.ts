import { actionsCases } from './actions-cases.ts';
import { archiveCases } from './archive-cases.ts';
import { auditCases } from './audit-cases.ts';
import { bufferCases } from './buffer-cases.ts';
import { bulkCases } from './bulk-cases.ts';
import { enrolmentCases } from './enrolment-cases.ts';
import { eventGridCases } from './event-grid-cases.ts';
import { eventTypesCases } from './event-types-cases.ts';
import { eventsCases } from './events-cases.ts';
import { instanceCases } from './instance-cases.ts';
import { invitationsCases } from './invitations-cases.ts';
import { logsCases } from './logs-cases.ts';
import { objectsCases } from './objects-cases.ts';
import { overviewCases } from './overview-cases.ts';
import type { ProcedureCases } from './procedure-case.ts';
import { profileCases } from './profile-cases.ts';
import { requestsCases } from './requests-cases.ts';
import { schedulesCases } from './schedules-cases.ts';
import { secretsCases } from './secrets-cases.ts';
import { sessionCases } from './session-cases.ts';
import { settingsCases } from './settings-cases.ts';
import { sinkCases } from './sink-cases.ts';
import { sinksCases } from './sinks-cases.ts';
import { sourcesCases } from './sources-cases.ts';
import { viewsCases } from './views-cases.ts';

/** One case for every procedure of the router; a procedure without one fails the sweep. */
export const everyCase: ProcedureCases = {
  ...actionsCases,
  ...archiveCases,
  ...auditCases,
  ...bufferCases,
  ...bulkCases,
  ...eventGridCases,
  ...enrolmentCases,
  ...eventTypesCases,
  ...eventsCases,
  ...instanceCases,
  ...requestsCases,
  ...schedulesCases,
  ...secretsCases,
  ...logsCases,
  ...objectsCases,
  ...overviewCases,
  ...invitationsCases,
  ...profileCases,
  ...sessionCases,
  ...settingsCases,
  ...sinkCases,
  ...sinksCases,
  ...sourcesCases,
  ...viewsCases,
};
