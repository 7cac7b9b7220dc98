import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import {
  makeAction,
  makeApiToken,
  makeEventType,
  makeSink,
  makeSinkType,
  makeSource,
  makeTenant,
} from '@nexomatic/testkit/factories';

interface TypeShare {
  id: Id<'eventType'>;
  name: string;
  /** The upper end of its part of all events, of 1. */
  upTo: number;
}

/** The definitions that seeded events refer to. */
export interface ListTenant {
  id: Id<'tenant'>;
  action: Id<'action'>;
  sinkType: Id<'sinkType'>;
  types: TypeShare[];
  /** Fired most of the oldest events and none since. */
  stopped: TypeShare;
  /** Has search keys. */
  orders: Id<'eventType'>;
  sources: Id<'source'>[];
  sinks: Id<'sink'>[];
  apiToken: string;
}

/** What each type makes of all events. The rest is made by the first. */
const shares = [
  ['hello.received', 1],
  ['deploy.app', 0.25],
  ['order.placed', 0.12],
  ['report.pdf', 0.04],
  ['deploy.docs', 0.01],
  ['alert.ops', 0.003],
  ['audit.yearly', 0.0002],
] as const;

const sourceNames = ['github', 'shop', 'cron', 'erp', 'legacy-ftp'];
const sinkNames = ['eu-1', 'eu-2', 'us-1', 'lab-1'];

/** Makes a tenant with the names that the measured queries ask for. */
export async function makeListTenant(database: Database): Promise<ListTenant> {
  const tenant = await makeTenant(database);
  const sinkType = await makeSinkType(database, tenant.id, { name: 'python' });
  const action = await makeAction(database, tenant.id, { name: 'run' });
  const types: TypeShare[] = [];
  for (const [name, upTo] of shares) {
    const searchKeys = name === 'order.placed' ? '["order.id","order.customer"]' : '[]';
    const type = await makeEventType(database, { sinkType, action }, { name, searchKeys });
    types.push({ id: type.id, name, upTo });
  }
  const stopped = await makeEventType(database, { sinkType, action }, { name: 'old.import' });
  const sources: Id<'source'>[] = [];
  for (const name of sourceNames) sources.push((await makeSource(database, stopped, { name })).source.id);
  const sinks: Id<'sink'>[] = [];
  for (const name of sinkNames) sinks.push((await makeSink(database, sinkType, { name, status: 'ONLINE' })).sink.id);
  const { token } = await makeApiToken(database, tenant.id);
  const orders = types.find(({ name }) => name === 'order.placed');
  return {
    id: tenant.id,
    action: action.id,
    sinkType: sinkType.id,
    // The smallest part first, so that the first that fits is the right one.
    types: types.toReversed(),
    stopped: { id: stopped.id, name: stopped.name, upTo: 0 },
    orders: orders?.id ?? stopped.id,
    sources,
    sinks,
    apiToken: token,
  };
}
