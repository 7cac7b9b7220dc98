import type { SourceSettings } from '@nexomatic/contracts/source-settings';
import { describe, expect, test } from 'vitest';
import { changeRouting, draftOf, gapsOf, sameRouting, settingsOf, triable } from './routing-draft.ts';

const saved: SourceSettings['routing'] = {
  match: 'first',
  trustUnsigned: false,
  routes: [
    {
      eventTypeId: 'ety_01',
      when: [
        { in: 'body', at: '/ref', is: 'one_of', values: ['main', 'next'] },
        { in: 'header', at: 'x-kind', is: 'exists', values: [] },
      ],
    },
    { eventTypeId: 'ety_02', when: [{ in: 'body', at: '/n', is: 'above', values: ['3'] }] },
  ],
};
const start = draftOf(saved, null);

describe('the editor of routes', () => {
  test('saves what it was given when nothing was changed', () => {
    expect(settingsOf(start)).toEqual(saved);
    expect(sameRouting(start, draftOf(saved, null))).toBe(true);
  });

  test('keeps every row under its own key when a route is moved', () => {
    const moved = changeRouting(start, { do: 'move-route', route: 1, step: -1 });
    expect(moved.routes.map(({ key }) => key)).toEqual([start.routes[1]?.key, start.routes[0]?.key]);
    expect(sameRouting(start, moved)).toBe(false);
    expect(changeRouting(start, { do: 'move-route', route: 0, step: -1 })).toBe(start);
  });

  test('gives no key twice, also after rows were removed', () => {
    const removed = changeRouting(start, { do: 'remove-route', route: 1 });
    const added = changeRouting(changeRouting(removed, { do: 'add-route' }), { do: 'add-condition', route: 1 });
    const keys = added.routes.flatMap(({ key, when }) => [key, ...when.map((condition) => condition.key)]);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('drops what a comparison takes no value for, and empty lines of a list', () => {
    const change = { is: 'missing', text: 'left over' } as const;
    const edited = changeRouting(start, { do: 'set-condition', route: 1, condition: 0, change });
    expect(settingsOf(edited).routes[1]?.when).toEqual([{ in: 'body', at: '/n', is: 'missing', values: [] }]);
    const list = { text: 'main\n\nnext\n' };
    const listed = changeRouting(start, { do: 'set-condition', route: 0, condition: 0, change: list });
    expect(settingsOf(listed).routes[0]?.when[0]?.values).toEqual(['main', 'next']);
  });

  test('takes away the one condition or route that was meant', () => {
    const fewer = changeRouting(start, { do: 'remove-condition', route: 0, condition: 0 });
    expect(fewer.routes[0]?.when.map(({ at }) => at)).toEqual(['x-kind']);
    expect(changeRouting(start, { do: 'remove-route', route: 0 }).routes.map(({ eventTypeId }) => eventTypeId)).toEqual(
      ['ety_02'],
    );
  });

  test('notices another event type for what no route matches', () => {
    expect(sameRouting(start, changeRouting(start, { do: 'set', eventTypeId: 'ety_03' }))).toBe(false);
  });

  test('names what is missing before it is saved, and tries a route that names no event type yet', () => {
    const added = changeRouting(start, { do: 'add-route' });
    expect(gapsOf(start)).toEqual([]);
    expect(gapsOf(added).map(({ path }) => path)).toEqual(['routes[2].when[0].at', 'routes[2].eventTypeId']);
    expect(triable(added, 'ety_09')).toBeNull();
    const looked = changeRouting(added, { do: 'set-condition', route: 2, condition: 0, change: { at: '/a' } });
    expect(triable(looked, 'ety_09')?.routes[2]?.eventTypeId).toBe('ety_09');
    expect(triable(looked, undefined)).toBeNull();
  });
});
