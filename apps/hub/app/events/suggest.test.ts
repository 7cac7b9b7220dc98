import { describe, expect, test } from 'vitest';
import { accept, suggest, writingAt } from './suggest.ts';

/** What is offered where the bar stands. */
function offered(marked: string, names: string[] = [], searchKeys: string[] = []): string[] {
  const caret = marked.indexOf('|');
  return suggest(writingAt(marked.replace('|', ''), caret), names, searchKeys).map(({ label }) => label);
}

/** The text after the first suggestion was taken, with the caret as a bar. */
function taken(marked: string, names: string[] = []): string {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const writing = writingAt(text, caret);
  const [first] = suggest(writing, names, []);
  if (!first) throw new Error('nothing was offered');
  const next = accept(text, writing, first);
  return `${next.text.slice(0, next.caret)}|${next.text.slice(next.caret)}`;
}

describe('keys', () => {
  test('are offered at the beginning of a term, those that begin with what is typed first', () => {
    expect(offered('|')).toContain('state:');
    expect(offered('type:x s|').slice(0, 5)).toEqual(['state:', 'source:', 'sink:', 'schedule:', 'since:']);
    expect(offered('-ty|')).toEqual(['type:']);
    expect(offered('pay|', [], ['order.id'])).toEqual(['payload.order.id:']);
  });

  test('are guessed where a word is none: a pasted id, or the beginning of a type', () => {
    expect(taken('evt_01jd5y0q6vf0x9h2m7k3c8t4zr|')).toBe('id:evt_01jd5y0q6vf0x9h2m7k3c8t4zr |');
    expect(taken('is:root deplo|')).toBe('is:root type:deplo* |');
  });

  test('go on with their value', () => {
    expect(taken('sta|')).toBe('state:|');
    expect(taken('-sta| type:x')).toBe('-state:| type:x');
  });
});

describe('values', () => {
  test('are the words of the key, or the names that the hub knows', () => {
    expect(offered('state:|')).toEqual(['queued', 'running', 'success', 'warning', 'error']);
    expect(offered('state:er|')).toEqual(['error']);
    expect(offered('type:app|', ['deploy.app', 'app.build', 'report'])).toEqual(['app.build', 'deploy.app']);
    expect(offered('sink:|', ['eu-1'])).toEqual(['eu-1', 'null']);
    expect(offered('nonsense:|')).toEqual([]);
  });

  test('end their term', () => {
    expect(taken('state:er|')).toBe('state:error |');
    expect(taken('state:er| type:x')).toBe('state:error |type:x');
    expect(taken('source:|', ['my source'])).toBe('source:"my source" |');
  });

  test('are offered one by one in a list', () => {
    expect(offered('state:(error,|')).toContain('queued');
    expect(taken('state:(error,q|)')).toBe('state:(error,queued|)');
  });
});
