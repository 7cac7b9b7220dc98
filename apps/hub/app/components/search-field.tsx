import { Form, useNavigate, useSearchParams } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import { useKeys } from '../frame/keys.ts';
import { Search } from './icons.ts';

/** Waits for the end of a word before it asks. */
const pauseMs = 250;

interface SearchFieldProps {
  /** What is looked for in what: "Search actions by name". */
  label: string;
  /** Name in the address. */
  name?: string;
}

/** Narrows a list by text. It changes the address, and begins at the first page again; `/` goes to it, Escape clears it. */
export function SearchField({ label, name = 'search' }: SearchFieldProps) {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const held = search.get(name) ?? '';
  const [draft, setDraft] = useState(held);
  useEffect(() => setDraft(held), [held]);
  useKeys({ '/': () => field.current?.select() });
  useEffect(() => {
    if (draft.trim() === held) return;
    const timer = setTimeout(
      () => navigate(searchHref(search, name, draft), { replace: true, preventScrollReset: true }),
      pauseMs,
    );
    return () => clearTimeout(timer);
  }, [draft, held, search, name, navigate]);
  return (
    <Form method="get" role="search" onSubmit={(event) => event.preventDefault()} className="min-w-0">
      <label className="field">
        <Search size={14} aria-hidden="true" className="flex-none text-faint" />
        <span className="sr-only">{label}</span>
        <input
          ref={field}
          type="text"
          name={name}
          placeholder={label}
          autoComplete="off"
          spellCheck={false}
          maxLength={100}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            if (draft === '') event.currentTarget.blur();
            else setDraft('');
          }}
        />
        <span className="key-cap" aria-hidden="true">
          /
        </span>
      </label>
    </Form>
  );
}

/** The same filter with another text, from its first page. */
export function searchHref(search: URLSearchParams, name: string, text: string): string {
  const next = new URLSearchParams(search);
  next.delete('cursor');
  if (text.trim() === '') next.delete(name);
  else next.set(name, text.trim());
  const query = next.toString();
  return query === '' ? '.' : `?${query}`;
}
