import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { flushSync } from 'react-dom';
import { Search } from '../components/icons.ts';
import { useKeys } from '../frame/keys.ts';
import { FilterSuggestions } from './filter-suggestions.tsx';
import { accept, type Grammar, isNamedKey, type Suggestion, suggest, writingAt } from './suggest.ts';
import { useNames } from './use-names.ts';

interface FilterTextProps {
  grammar: Grammar;
  field: RefObject<HTMLInputElement>;
  draft: string;
  changed: boolean;
  faulty: boolean;
  onDraft: (text: string) => void;
  /** Puts back what holds. */
  onReset: () => void;
}

/**
 * The query as text. Enter applies it, or takes the suggestion that the arrow keys chose; Tab takes the first one. Escape
 * first closes the suggestions, then puts back what holds, then leaves the field.
 */
export function FilterText({ grammar, field, draft, changed, faulty, onDraft, onReset }: FilterTextProps) {
  const listId = useId();
  const [caret, setCaret] = useState(0);
  const [open, setOpen] = useState(false);
  const [focused, setFocused] = useState(false);
  // The help hides what was just asked for, so it goes when a query is applied.
  const [helping, setHelping] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const writing = writingAt(draft, caret);
  const { names, searchKeys } = useNames(focused, isNamedKey(writing.key) ? writing.key : null, writing.typed);
  const options = open ? suggest(writing, names, grammar.asTerm ? searchKeys : [], grammar) : [];
  useKeys({ '/': () => begin() });

  /** The caret goes to the end, with room for another term. */
  function begin(): void {
    setOpen(true);
    write(draft === '' || draft.endsWith(' ') ? draft : `${draft} `);
  }

  function take(option: Suggestion): void {
    const next = accept(draft, writing, option);
    write(next.text, next.caret);
    setChosen(-1);
    setOpen(true);
  }

  /** At once, because the next key may be on its way: it must meet the new text and the new place. */
  function write(text: string, at = text.length): void {
    flushSync(() => {
      onDraft(text);
      setCaret(at);
    });
    field.current?.focus();
    field.current?.setSelectionRange(at, at);
  }

  function pressed(event: KeyboardEvent<HTMLInputElement>): void {
    const { key, shiftKey } = event;
    const option = options[chosen] ?? (key === 'Tab' && writing.typed !== '' && !shiftKey ? options[0] : undefined);
    if ((key === 'ArrowDown' || key === 'ArrowUp') && options.length > 0) {
      const step = key === 'ArrowDown' ? 1 : -1;
      setChosen((chosen + step + (chosen < 0 && step < 0 ? 1 : 0) + options.length) % options.length);
    } else if (key === 'ArrowDown') setOpen(true);
    else if ((key === 'Enter' || key === 'Tab') && option) take(option);
    else if (key === 'Escape' && options.length > 0 && !changed) leave();
    else if (key === 'Escape' && options.length > 0) setOpen(false);
    else if (key === 'Escape' && changed) onReset();
    else if (key === 'Escape') leave();
    else {
      if (key === 'Enter') {
        setOpen(false);
        setHelping(false);
      }
      return;
    }
    event.preventDefault();
  }

  function leave(): void {
    setOpen(false);
    field.current?.blur();
  }

  return (
    <div className="filter-text">
      <label className="field">
        <Search size={14} aria-hidden="true" className="flex-none text-faint" />
        <span className="sr-only">Query</span>
        <input
          ref={field}
          name="q"
          type="text"
          role="combobox"
          aria-expanded={options.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={options[chosen] ? `${listId}-${chosen}` : undefined}
          aria-invalid={faulty || undefined}
          aria-describedby="filter-faults"
          placeholder={grammar.placeholder}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={2_000}
          value={draft}
          onChange={({ target }) => {
            onDraft(target.value);
            setCaret(target.selectionStart ?? target.value.length);
            setChosen(-1);
            setOpen(true);
            setHelping(true);
          }}
          onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart ?? 0)}
          onFocus={() => {
            setFocused(true);
            setHelping(true);
          }}
          onClick={() => {
            setOpen(true);
            setHelping(true);
          }}
          onBlur={() => {
            setFocused(false);
            setOpen(false);
          }}
          onKeyDown={pressed}
        />
        <span className="key-cap" aria-hidden="true">
          /
        </span>
      </label>
      {focused && helping ? (
        <FilterSuggestions id={listId} options={options} chosen={chosen} take={take} changed={changed} />
      ) : null}
    </div>
  );
}
