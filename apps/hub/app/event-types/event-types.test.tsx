import type { EventTypeBody, EventTypeChain } from '@nexomatic/contracts/event-type-api';
import { describe, expect, test } from 'vitest';
import { historyBody } from './event-type-fields.ts';
import { eventTypeDraft, eventTypeForm, eventTypeInput } from './event-type-form-schema.server.ts';
import { tabOf } from './event-type-tabs.ts';
import { layGraph } from './lay-graph.ts';
import { labelOf } from './live-checks.tsx';

describe('what the form sends', () => {
  const sent = { name: 'deploy.app', sinkTypeId: 'skt_01jd5y0q6vf0x9h2m7k3c8t4zr' };
  const actionId = 'act_01jd5y0q6vf0x9h2m7k3c8t4zr';

  test('is an event type of the usual limits where nothing is said', () => {
    expect(eventTypeInput(eventTypeForm.parse({ ...sent, actionId }))).toMatchObject({
      ...{ maxAttempts: 1, timeoutSeconds: 600, payloadSchema: null, sourceKind: null, searchKeys: [], actionId },
    });
  });

  test('has either an action that there is or a new one, whatever was filled in for the other', () => {
    const both = { ...sent, actionId, newAction: { name: 'deploy', module: 'deploy.runner' } };
    expect(eventTypeInput(eventTypeForm.parse({ ...both, actionChoice: 'new' }))).toMatchObject({
      newAction: both.newAction,
    });
    expect(eventTypeInput(eventTypeForm.parse({ ...both, actionChoice: 'new' }))).not.toHaveProperty('actionId');
    expect(eventTypeInput(eventTypeForm.parse(both))).not.toHaveProperty('newAction');
  });

  test('has one search key a line, without the empty ones', () => {
    const { searchKeys } = eventTypeInput(eventTypeForm.parse({ ...sent, searchKeys: 'order.id\n\n user.mail \n' }));
    expect(searchKeys).toEqual(['order.id', 'user.mail']);
  });

  test('is checked as far as it is filled in', () => {
    expect(eventTypeDraft(eventTypeForm.parse({ name: '', sinkTypeId: '' }), null)).toEqual({ parameters: [] });
  });
});

test.each([
  ['parameters[1].value', 'Parameters, row 2'],
  ['newAction.module', 'New action, module'],
  ['sinkTypeId', 'Runs on'],
  ['somethingElse', 'somethingElse'],
])('a check of %s is told as %s', (path, label) => {
  expect(labelOf(path)).toBe(label);
});

test('the address opens a tab that there is, and the first for any other', () => {
  expect(tabOf(new URLSearchParams('tab=history'))).toBe('history');
  expect(tabOf(new URLSearchParams('tab=nonsense'))).toBe('overview');
});

test('the history tells what an event type refers to by name, and by id what is gone', () => {
  const body = {
    ...{ sinkTypeId: 'skt_a', actionId: 'act_b', enabled: true, rerunWhenLost: false, timeoutSeconds: 5 },
    ...{ sourceKind: null, payloadSchema: null, searchKeys: ['a', 'b'], parameters: [] },
  } as unknown as EventTypeBody;
  const choices = { sinkTypes: [{ value: 'skt_a', label: 'PYTHON' }], actions: [] };
  expect(historyBody(body, choices)).toMatchObject({
    ...{ sinkTypeId: 'PYTHON', actionId: 'act_b', enabled: 'yes', rerunWhenLost: 'no', timeoutSeconds: '5 s' },
    ...{ sourceKind: 'Anything', searchKeys: 'a, b' },
  });
});

test('the picture stands in the order in which things fire each other, loops included', () => {
  const node = (name: string, firedBy: { id: string; name: string }[] = []) => ({
    ...{ id: `ety_${name}`, name, enabled: true, firedBy },
    ...{ action: { id: 'act_a', name: 'act' }, sinkType: { id: 'skt_a', name: 'PYTHON' } },
  });
  const chain = {
    nodes: [node('second'), node('first', [{ id: 'src_hook', name: 'hook' }])],
    edges: [
      { from: 'ety_first', to: 'ety_second', edge: 'success' },
      { from: 'ety_second', to: 'ety_first', edge: 'failure' },
    ],
    truncated: false,
  } as EventTypeChain;
  const { boxes, arrows } = layGraph(chain);
  expect(boxes.toSorted((a, b) => a.x - b.x).map(({ name }) => name)).toEqual(['hook', 'first', 'second']);
  expect(arrows.map(({ kind }) => kind)).toEqual(['fires', 'success', 'failure']);
});
