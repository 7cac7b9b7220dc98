import type { IndexedConditions } from '@nexomatic/db/event-walks';
import type { ListTenant } from './list-tenant.ts';

export interface ListQuery {
  name: string;
  q: string;
  /** Pages to go back before measuring. */
  skip?: number;
  /** What of it an index answers, for its plan; left out where another table leads to the events. */
  asked?: Partial<IndexedConditions>;
}

/** What people ask a list of events for, from usual to as bad as it gets. */
export function listQueries({ types, stopped, sources }: ListTenant, orderId: string): ListQuery[] {
  const type = (name: string) => types.filter((one) => one.name === name).map(({ id }) => id);
  const source = (at: number) => sources.slice(at, at + 1);
  return [
    { name: 'everything', q: '', asked: {} },
    { name: 'chains only', q: 'is:root', asked: {} },
    { name: 'chains only, 40 pages back', q: 'is:root', skip: 40, asked: {} },
    { name: 'errors', q: 'state:error is:root', asked: { state: ['ERROR'] } },
    { name: 'errors of a day', q: 'state:error since:24h', asked: { state: ['ERROR'] } },
    { name: 'waits or runs', q: 'state:(queued,running)', asked: { state: ['QUEUED', 'RUNNING'] } },
    { name: 'a frequent type', q: 'type:hello.received', asked: { eventTypeId: type('hello.received') } },
    {
      name: 'a rare type, errors',
      q: 'type:audit.yearly state:error',
      asked: { eventTypeId: type('audit.yearly'), state: ['ERROR'] },
    },
    { name: 'a type that stopped', q: 'type:old.import', asked: { eventTypeId: [stopped.id] } },
    { name: 'a type that stopped, chains only', q: 'type:old.import is:root', asked: { eventTypeId: [stopped.id] } },
    {
      name: 'types by prefix',
      q: 'type:deploy.* is:root',
      asked: { eventTypeId: [...type('deploy.app'), ...type('deploy.docs')] },
    },
    { name: 'a frequent source', q: 'source:github', asked: { sourceId: source(0) } },
    { name: 'a rare source', q: 'source:legacy-ftp', asked: { sourceId: source(4) } },
    { name: 'a rare source, errors', q: 'source:legacy-ftp state:error', asked: { sourceId: source(4) } },
    { name: 'a sink', q: 'sink:eu-1', asked: {} },
    { name: 'a reason', q: 'reason:timeout', asked: { state: ['QUEUED', 'WARNING', 'ERROR'] } },
    { name: 'all but a frequent type', q: '-type:hello.received is:root', asked: {} },
    { name: 'with follow-ons', q: 'has:children is:root', asked: {} },
    { name: 'one order', q: `payload.order.id:${orderId}` },
    { name: 'orders of a customer', q: 'payload.order.customer:customer-7' },
    { name: 'orders of a customer, errors', q: 'payload.order.customer:customer-7 state:error' },
    { name: 'orders by prefix', q: 'payload.order.customer:customer-99*' },
    { name: 'orders above a number', q: 'payload.order.id:>10' },
    { name: 'ten days ago', q: 'from:TEN to:NINE', asked: {} },
    { name: 'nothing at all, by state', q: 'state:error reason:secret_missing', asked: { state: ['ERROR'] } },
    { name: 'nothing at all, re-runs', q: 'is:rerun', asked: {} },
    { name: 'nothing at all, in a sub-query', q: 'has:rerun state:success', asked: { state: ['SUCCESS'] } },
    { name: 'nothing at all, orders', q: 'payload.order.id:<0' },
  ];
}
