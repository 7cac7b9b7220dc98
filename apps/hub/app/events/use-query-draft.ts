import type { QueryFault } from '@nexomatic/contracts/event-query-value';
import { type FormEvent, useEffect, useRef, useState } from 'react';

type Parsed<Query> = { ok: true; query: Query } | { ok: false; faults: QueryFault[] };

interface QueryDraft<Query> {
  /** The query of the address. */
  text: string;
  /** The grammar; the same function in every render. */
  parse: (text: string) => Parsed<Query>;
  /** Makes a query that was typed the one of the address. */
  onApply: (query: Query) => void;
}

/** A query while it is typed: what stands in the field until it is applied, and what of it can't be read. */
export function useQueryDraft<Query>({ text, parse, onApply }: QueryDraft<Query>) {
  const field = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(text);
  const [faults, setFaults] = useState<QueryFault[]>(() => faultsOf(parse(text)));
  useEffect(() => {
    setDraft(text);
    setFaults(faultsOf(parse(text)));
  }, [text, parse]);

  /** Puts the caret where something is wrong, or where a chip's term stands. */
  function select(place: { at: number; length: number } | undefined): void {
    if (!place) return;
    field.current?.focus();
    field.current?.setSelectionRange(place.at, place.at + place.length);
  }

  function apply(event: FormEvent): void {
    event.preventDefault();
    const parsed = parse(draft);
    setFaults(faultsOf(parsed));
    if (!parsed.ok) {
      select(parsed.faults[0]);
      return;
    }
    onApply(parsed.query);
    // Now the keys are the list's.
    field.current?.blur();
  }

  return {
    draft,
    faults,
    select,
    apply,
    /** What the field of the query is given. */
    input: {
      field,
      draft,
      faulty: faults.length > 0,
      changed: draft !== text,
      onDraft(next: string) {
        setDraft(next);
        setFaults([]);
      },
      onReset() {
        setDraft(text);
        setFaults(faultsOf(parse(text)));
      },
    },
  };
}

const faultsOf = <Query>(parsed: Parsed<Query>): QueryFault[] => (parsed.ok ? [] : parsed.faults);
