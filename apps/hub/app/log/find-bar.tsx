import { type KeyboardEvent, useEffect, useRef } from 'react';
import { ArrowDown, ArrowUp, Search, X } from '../components/icons.ts';
import { PressButton } from './press-button.tsx';
import type { Find } from './use-find.ts';

/** Finds text in the whole log. `close` gives the focus back to its lines. */
export function FindBar({ find, close }: { find: Find; close: () => void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);

  function pressed(event: KeyboardEvent): void {
    if (event.key === 'Enter') find.step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const { asked, search } = find;
  return (
    <search className="log-find" aria-label="Find in the log" onKeyDown={pressed}>
      <label className="field log-find-field">
        <Search size={13} aria-hidden="true" />
        <input
          ref={field}
          // biome-ignore lint/a11y/noAutofocus: whoever opens it wants to type
          autoFocus
          aria-label="Find"
          placeholder="Find in all lines"
          spellCheck={false}
          autoComplete="off"
          maxLength={500}
          aria-invalid={search.problem !== null || undefined}
          value={asked.text}
          onChange={(event) => find.ask({ text: event.target.value })}
        />
        <PressButton
          className="log-toggle"
          label="Capital and small letters are different"
          on={asked.case}
          set={(on) => find.ask({ case: on })}
        >
          Aa
        </PressButton>
        <PressButton
          className="log-toggle"
          label="Regular expression"
          on={asked.regex}
          set={(on) => find.ask({ regex: on })}
        >
          .*
        </PressButton>
      </label>
      <span className="log-find-count" role="status" title={search.problem?.message}>
        {countText(find)}
      </span>
      <button type="button" className="icon-button" aria-label="Previous place" onClick={() => find.step(-1)}>
        <ArrowUp size={14} aria-hidden="true" />
      </button>
      <button type="button" className="icon-button" aria-label="Next place" onClick={() => find.step(1)}>
        <ArrowDown size={14} aria-hidden="true" />
      </button>
      <button type="button" className="icon-button" aria-label="Close find" onClick={close}>
        <X size={14} aria-hidden="true" />
      </button>
    </search>
  );
}

function countText({ asked, query, search, place }: Find): string {
  if (asked.text === '') return '';
  if (search.problem) return search.problem.passing ? 'Not searched' : 'Not an expression';
  if (query === null) return '…';
  const count = `${search.lines.length.toLocaleString('en')}${search.searching ? '…' : search.more ? '+' : ''}`;
  if (search.lines.length === 0) return search.searching ? 'Searching…' : 'Nowhere';
  return place > 0 ? `${place.toLocaleString('en')} of ${count}` : `${count} lines`;
}
