import { newId } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeAction, makePipeline, makeSinkType, makeTenant } from '@nexomatic/testkit/factories';
import { expect, test } from 'vitest';
import { Action } from './entities/action.ts';
import { EventType } from './entities/event-type.ts';
import { Parameter } from './entities/parameter.ts';
import { Sink } from './entities/sink.ts';
import { offlineMigrator } from './offline-migrator.ts';

const database = await testDatabase();

test('the tables differ from the entities by the foreign keys alone, which the entities do not know', async () => {
  const statements = (await database.orm.schema.getUpdateSchemaSQL({ wrap: false })).split('\n').filter(Boolean);
  const [foreignKeys, others] = [
    statements.filter((statement) => statement.includes('drop foreign key')),
    statements.filter((statement) => !statement.includes('drop foreign key')),
  ];
  expect(others).toEqual([]);
  expect(foreignKeys.map((statement) => /foreign key `(.*)`/.exec(statement)?.[1]).sort()).toEqual([
    'actions_on_failure_id_foreign',
    'actions_on_success_id_foreign',
    'actions_tenant_id_foreign',
    'api_tokens_source_id_foreign',
    'api_tokens_tenant_id_foreign',
    'audit_entries_tenant_id_foreign',
    'bulk_jobs_tenant_id_foreign',
    'definition_versions_tenant_id_foreign',
    'event_grid_consumers_source_id_foreign',
    'event_grid_polls_source_id_foreign',
    'event_types_action_id_foreign',
    'event_types_sink_type_id_foreign',
    'invitations_tenant_id_foreign',
    'join_tokens_sink_type_id_foreign',
    'login_links_user_id_foreign',
    'memberships_tenant_id_foreign',
    'memberships_user_id_foreign',
    'parameters_action_id_foreign',
    'parameters_event_type_id_foreign',
    'saved_views_tenant_id_foreign',
    'schedule_blackouts_schedule_id_foreign',
    'schedule_blackouts_tenant_id_foreign',
    'schedules_event_type_id_foreign',
    'schedules_tenant_id_foreign',
    'secret_boxes_secret_id_foreign',
    'secret_boxes_sink_id_foreign',
    'secret_values_key_id_foreign',
    'secret_values_secret_id_foreign',
    'secrets_tenant_id_foreign',
    'sessions_user_id_foreign',
    'sink_signals_sink_id_foreign',
    'sink_transitions_sink_id_foreign',
    'sink_types_tenant_id_foreign',
    'sinks_sink_type_id_foreign',
    'source_secrets_source_id_foreign',
    'sources_event_type_id_foreign',
    'sources_tenant_id_foreign',
    'tenant_keys_tenant_id_foreign',
    'user_identities_user_id_foreign',
  ]);
});

test('the snapshot beside the migrations is what the entities say', async () => {
  expect(await offlineMigrator().checkSchema()).toBe(false);
});

test('every table is InnoDB and compares text byte by byte', async () => {
  const odd = await database.sql.query(
    `SELECT table_name FROM information_schema.tables
     WHERE table_schema = DATABASE() AND (engine <> 'InnoDB' OR table_collation <> 'utf8mb4_bin')`,
  );
  expect(odd).toEqual([]);
});

test("a definition can not refer to another tenant's row", async () => {
  const [ours, theirs] = [await makePipeline(database), await makePipeline(database)];
  const { id: tenantId } = ours.tenant;
  const refused = { errno: 1452 };

  const em = () => database.tenantEm(tenantId);
  const eventType = (given: Partial<EventType>) => {
    const manager = em();
    const own = { tenantId, id: newId('eventType'), name: 'x', sinkTypeId: ours.sinkType.id, actionId: ours.action.id };
    return manager.persist(manager.create(EventType, { ...own, ...given })).flush();
  };
  await expect(eventType({ actionId: theirs.action.id })).rejects.toMatchObject(refused);
  await expect(eventType({ sinkTypeId: theirs.sinkType.id })).rejects.toMatchObject(refused);

  const follow = em();
  (await follow.findOneOrFail(Action, { id: ours.action.id })).onSuccessId = theirs.eventType.id;
  await expect(follow.flush()).rejects.toMatchObject(refused);
  await expect(em().nativeUpdate(Sink, { id: ours.sink.id }, { sinkTypeId: theirs.sinkType.id })).rejects.toMatchObject(
    refused,
  );
});

test('what others refer to is not removed', async () => {
  const { tenant, action } = await makePipeline(database);
  const em = database.tenantEm(tenant.id);
  await expect(em.nativeDelete(Action, { id: action.id })).rejects.toMatchObject({ errno: 1451 });
});

test('names are unique in a tenant and free in another, and capital letters make another name', async () => {
  const tenant = await makeTenant(database);
  await makeAction(database, tenant.id, { name: 'greet' });
  await expect(makeAction(database, tenant.id, { name: 'greet' })).rejects.toMatchObject({ errno: 1062 });
  await makeAction(database, tenant.id, { name: 'Greet' });
  await makeSinkType(database, tenant.id, { name: 'greet' });
  await makeAction(database, (await makeTenant(database)).id, { name: 'greet' });
});

test('a parameter belongs to an event type or to an action, never to both or neither', async () => {
  const { tenant, eventType, action } = await makePipeline(database);
  const make = (owners: Partial<Parameter>) => {
    const em = database.tenantEm(tenant.id);
    const parameter = { tenantId: tenant.id, id: newId('parameter'), key: 'k', kind: 'STATIC' as const, value: '1' };
    return em.persist(em.create(Parameter, { ...parameter, ...owners })).flush();
  };
  await make({ eventTypeId: eventType.id });
  await make({ actionId: action.id });
  for (const owners of [{}, { eventTypeId: eventType.id, actionId: action.id }]) {
    await expect(make(owners)).rejects.toThrow('parameters_one_owner');
  }
});
