import { Action } from './entities/action.ts';
import { ApiToken } from './entities/api-token.ts';
import { Attempt } from './entities/attempt.ts';
import { AttemptResult } from './entities/attempt-result.ts';
import { AuditEntry } from './entities/audit-entry.ts';
import { BulkJob } from './entities/bulk-job.ts';
import { BulkResult } from './entities/bulk-result.ts';
import { DefinitionVersion } from './entities/definition-version.ts';
import { Event } from './entities/event.ts';
import { EventActivity } from './entities/event-activity.ts';
import { EventGridConsumer } from './entities/event-grid-consumer.ts';
import { EventGridPoll } from './entities/event-grid-poll.ts';
import { EventPayload } from './entities/event-payload.ts';
import { EventRerun } from './entities/event-rerun.ts';
import { EventSearchValue } from './entities/event-search-value.ts';
import { EventStat } from './entities/event-stat.ts';
import { EventType } from './entities/event-type.ts';
import { InstanceAuditEntry } from './entities/instance-audit-entry.ts';
import { InstanceSetting } from './entities/instance-setting.ts';
import { Invitation } from './entities/invitation.ts';
import { JoinToken } from './entities/join-token.ts';
import { LogArchive } from './entities/log-archive.ts';
import { LogArchivePart } from './entities/log-archive-part.ts';
import { LogChunk } from './entities/log-chunk.ts';
import { LogRecord } from './entities/log-record.ts';
import { LogVolume } from './entities/log-volume.ts';
import { LoginLink } from './entities/login-link.ts';
import { Membership } from './entities/membership.ts';
import { OutboxEntry } from './entities/outbox-entry.ts';
import { Parameter } from './entities/parameter.ts';
import { Receipt } from './entities/receipt.ts';
import { ReceiptBody } from './entities/receipt-body.ts';
import { ReceiptEvent } from './entities/receipt-event.ts';
import { SavedView } from './entities/saved-view.ts';
import { Schedule } from './entities/schedule.ts';
import { ScheduleBlackout } from './entities/schedule-blackout.ts';
import { ScheduleOccurrence } from './entities/schedule-occurrence.ts';
import { Secret } from './entities/secret.ts';
import { SecretBox } from './entities/secret-box.ts';
import { SecretRelease } from './entities/secret-release.ts';
import { SecretValue } from './entities/secret-value.ts';
import { Session } from './entities/session.ts';
import { Sink } from './entities/sink.ts';
import { SinkSignal } from './entities/sink-signal.ts';
import { SinkTransition } from './entities/sink-transition.ts';
import { SinkType } from './entities/sink-type.ts';
import { Source } from './entities/source.ts';
import { SourceSecret } from './entities/source-secret.ts';
import { SourceStat } from './entities/source-stat.ts';
import { StorageMeter } from './entities/storage-meter.ts';
import { Tenant } from './entities/tenant.ts';
import { TenantKey } from './entities/tenant-key.ts';
import { User } from './entities/user.ts';
import { UserIdentity } from './entities/user-identity.ts';

/** Every table. One that is not named in `instanceWide` belongs to tenants, so forgetting it here is the safe side. */
export const entities = [
  Tenant,
  User,
  Membership,
  LoginLink,
  Session,
  ApiToken,
  SinkType,
  Sink,
  SinkSignal,
  SinkTransition,
  JoinToken,
  Action,
  EventType,
  Parameter,
  Source,
  SourceSecret,
  SourceStat,
  InstanceSetting,
  Receipt,
  ReceiptBody,
  ReceiptEvent,
  Event,
  EventPayload,
  EventStat,
  Attempt,
  AttemptResult,
  LogChunk,
  LogArchive,
  LogArchivePart,
  StorageMeter,
  LogVolume,
  LogRecord,
  OutboxEntry,
  EventActivity,
  UserIdentity,
  Invitation,
  AuditEntry,
  InstanceAuditEntry,
  DefinitionVersion,
  Schedule,
  ScheduleOccurrence,
  ScheduleBlackout,
  Secret,
  TenantKey,
  SecretValue,
  SecretBox,
  SecretRelease,
  EventSearchValue,
  EventRerun,
  BulkJob,
  BulkResult,
  SavedView,
  EventGridConsumer,
  EventGridPoll,
];

/** Names of the entities that belong to the instance and not to a tenant. */
const instanceWide = new Set(['User', 'LoginLink', 'Session', 'InstanceSetting', 'UserIdentity', 'InstanceAuditEntry']);

/** The property that says which tenant a row belongs to; null for the instance's own rows. */
export function ownerProperty(entityName: string): 'id' | 'tenantId' | null {
  if (instanceWide.has(entityName)) return null;
  return entityName === 'Tenant' ? 'id' : 'tenantId';
}
