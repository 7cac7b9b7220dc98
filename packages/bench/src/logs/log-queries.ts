import type { IndexedLogs } from '@nexomatic/db/log-walks';
import type { ListTenant } from '../lists/list-tenant.ts';

export interface LogQueryCase {
  name: string;
  q: string;
  /** What of it an index answers, for its plan. */
  asked: Partial<IndexedLogs>;
}

/** What people ask logs for, from usual to as bad as it gets. */
export function logQueries({ types, stopped }: ListTenant, eventId: IndexedLogs['eventId']): LogQueryCase[] {
  const type = (name: string) => types.filter((one) => one.name === name).map(({ id }) => id);
  return [
    { name: 'everything', q: '', asked: {} },
    { name: 'errors', q: 'level:error', asked: { level: ['error'] } },
    { name: 'warnings and errors', q: 'level:(warn,error)', asked: { level: ['warn', 'error'] } },
    { name: 'errors of a week', q: 'level:error since:7d', asked: { level: ['error'] } },
    { name: 'errors with a text', q: 'level:error "connection refused"', asked: { level: ['error'] } },
    { name: 'errors with a frequent text', q: 'level:error ConnectionRefusedError', asked: { level: ['error'] } },
    { name: 'a frequent type', q: 'type:hello.received', asked: { eventTypeId: type('hello.received') } },
    {
      name: 'a rare type, errors',
      q: 'type:audit.yearly level:error',
      asked: { eventTypeId: type('audit.yearly'), level: ['error'] },
    },
    { name: 'a type that stopped', q: 'type:old.import', asked: { eventTypeId: [stopped.id] } },
    {
      name: 'types by prefix, errors',
      q: 'type:deploy.* level:error',
      asked: { eventTypeId: [...type('deploy.app'), ...type('deploy.docs')], level: ['error'] },
    },
    { name: 'a sink', q: 'sink:eu-1', asked: {} },
    { name: 'the rarest sink, errors', q: 'sink:lab-1 level:error', asked: { level: ['error'] } },
    { name: 'the rarest source', q: 'source:legacy-ftp', asked: {} },
    { name: 'a source, errors', q: 'source:github level:error', asked: { level: ['error'] } },
    { name: 'one event', q: 'event:EVENT', asked: { eventId } },
    { name: 'one event, a text', q: 'event:EVENT fetched', asked: { eventId } },
    { name: 'output alone', q: 'level:null', asked: { level: [null] } },
    { name: 'a frequent word', q: 'fetched', asked: {} },
    { name: 'a field', q: 'field.customer:customer-7', asked: {} },
    {
      name: 'a field of a type',
      q: 'type:order.placed field.customer:customer-7',
      asked: { eventTypeId: type('order.placed') },
    },
    { name: 'a number in a field', q: 'level:warn field.ms:>890', asked: { level: ['warn'] } },
    {
      name: 'all but a frequent word',
      q: '-fetched -level:null',
      asked: { level: ['debug', 'info', 'warn', 'error'] },
    },
    { name: 'three days ago', q: 'from:FOUR to:THREE level:error', asked: { level: ['error'] } },
    { name: 'a needle, ten in ten million', q: 'needle', asked: {} },
    { name: 'nothing at all', q: '"nothing like this"', asked: {} },
    { name: 'nothing at all, in errors', q: 'level:error "nothing like this"', asked: { level: ['error'] } },
  ];
}
