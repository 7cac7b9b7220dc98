import { useEffect, useRef } from 'react';
import type { Suggestion } from './suggest.ts';

interface FilterSuggestionsProps {
  id: string;
  options: Suggestion[];
  chosen: number;
  take: (option: Suggestion) => void;
  /** The text differs from what holds. */
  changed: boolean;
}

/** What could come next in the query, and under it how terms go together. */
export function FilterSuggestions({ id, options, chosen, take, changed }: FilterSuggestionsProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`#${CSS.escape(`${id}-${chosen}`)}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, chosen]);
  return (
    <div className="filter-help">
      {/* The field keeps the focus; the chosen option is told by `aria-activedescendant`. */}
      <div ref={list} id={id} role="listbox" aria-label="Suggestions" className="filter-options" tabIndex={-1}>
        {options.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field takes the keys
          <div
            key={option.label}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className="filter-option"
            // Pressing an option must not take the focus from the field, which would close the list.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(option)}
          >
            <span className="filter-option-text">{option.label}</span>
            <span className="filter-option-help">{option.help}</span>
          </div>
        ))}
      </div>
      <p className="filter-rules">
        <span>
          <b>Same key twice</b> either
        </span>
        <span>
          <b>Different keys</b> all of them
        </span>
        <span>
          <b>-key:value</b> none of these
        </span>
        <span>
          <b>text*</b> begins with
        </span>
        {changed ? (
          <span className="ml-auto">
            <kbd className="key-cap">Enter</kbd> applies
          </span>
        ) : null}
      </p>
    </div>
  );
}
