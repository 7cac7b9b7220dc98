import type { AuditObjectKind } from '@nexomatic/contracts/audit-api';

/** How kinds of objects are called. */
export const auditKindWords: Record<AuditObjectKind, string> = {
  event_type: 'event type',
  action: 'action',
  source: 'source',
  source_secret: 'secret of a source',
  sink_type: 'sink type',
  sink: 'sink',
  join_token: 'join token',
  schedule: 'schedule',
  blackout: 'blackout',
  tenant: 'tenant',
  user: 'user',
  member: 'member',
  invitation: 'invitation',
  api_token: 'API token',
  session: 'session',
  secret: 'secret',
  saved_view: 'saved view',
  bulk_job: 'bulk job',
  event: 'event',
};

const isKind = (text: string): text is AuditObjectKind => Object.hasOwn(auditKindWords, text);

/** `event_type.updated` as words: "Event type updated". */
export function changeWords(action: string): string {
  const [noun = '', ...verb] = action.split('.');
  const words = isKind(noun) ? auditKindWords[noun] : noun.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${verb.join(' ').replaceAll('_', ' ')}`;
}
