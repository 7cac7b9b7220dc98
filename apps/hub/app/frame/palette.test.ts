import { newId } from '@nexomatic/contracts/id';
import { describe, expect, test } from 'vitest';
import { idIn, inGroups, matchItems, type PaletteItem } from './palette-items.ts';
import { parsePages, withPage } from './recent-pages.ts';

const item = (word: string, group = 'Go to'): PaletteItem => ({ id: word, word, group });
const words = (items: PaletteItem[]): string[] => items.map(({ word }) => word);
const items = [item('Events'), item('Event types'), item('Bulk jobs'), item('New event type', 'New'), item('Sinks')];

describe('the palette', () => {
  test('offers everything in the order of the registry until somebody types', () => {
    expect(words(matchItems(items, ' '))).toEqual(words(items));
  });

  test('finds every word of the text, what begins with it first', () => {
    expect(words(matchItems(items, 'event'))).toEqual(['Events', 'Event types', 'New event type']);
    expect(words(matchItems(items, 'type'))).toEqual(['Event types', 'New event type']);
    expect(words(matchItems(items, 'NEW type'))).toEqual(['New event type']);
    expect(matchItems(items, 'secret')).toEqual([]);
  });

  test('shows what belongs together under one heading', () => {
    expect(inGroups(items).map(({ group, items: members }) => [group, members.length])).toEqual([
      ['Go to', 4],
      ['New', 1],
    ]);
  });

  test('finds an id in whatever was pasted', () => {
    const id = newId('event');
    expect([id, `https://hub.example/t/demo/events/${id}?tab=log`, `"eventId":"${id}",`].map(idIn)).toEqual([
      id,
      id,
      id,
    ]);
    expect(['evt_', 'hello.received', `${id}x`].map(idIn)).toEqual([null, null, null]);
  });
});

describe('recent pages', () => {
  test('come newest first, each once, and eight at most', () => {
    const pages = Array.from({ length: 9 }, (_, at) => ({ to: `/${at}`, title: String(at) }));
    const kept = pages.reduce<typeof pages>((all, page) => withPage(all, page), []);
    expect(kept.map(({ to }) => to)).toEqual(['/8', '/7', '/6', '/5', '/4', '/3', '/2', '/1']);
    expect(withPage(kept, { to: '/3', title: 'again' }).slice(0, 2)).toEqual([
      { to: '/3', title: 'again' },
      { to: '/8', title: '8' },
    ]);
  });

  test('are only taken from storage where they lead into this product', () => {
    const stored = [
      { to: '/t/demo', title: 'a' },
      { to: '//elsewhere', title: 'b' },
      { to: 'javascript:0', title: 'c' },
      4,
    ];
    expect(parsePages(JSON.stringify(stored))).toEqual([{ to: '/t/demo', title: 'a' }]);
    expect([parsePages('{'), parsePages('{}')]).toEqual([[], []]);
  });
});
