import { type RefObject, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** What can replace a plain list, and how that list was left. */
interface Searchable<Code> {
  code: Code;
  /** What was picked meanwhile. */
  picked: string | undefined;
  /** Whether somebody was at the list. */
  focused: boolean;
}

/**
 * The code of a list that is searched by typing, once it has come. Until then, or if it never comes, a plain list works,
 * and whoever was quick enough to use it loses neither what they picked nor their place.
 */
export function useSearchable<Code>(
  load: () => Promise<Code>,
  plain: RefObject<HTMLSelectElement | null>,
): Searchable<Code> | undefined {
  const [searchable, setSearchable] = useState<Searchable<Code>>();
  const loader = useRef(load);
  useEffect(() => {
    let here = true;
    loader.current().then(
      (code) => {
        if (!here) return;
        const focused = plain.current !== null && plain.current === document.activeElement;
        // At once: between the look at the list and its replacement nobody may get a key in.
        flushSync(() => setSearchable({ code, picked: plain.current ? pickedIn(plain.current) : undefined, focused }));
      },
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [plain]);
  return searchable;
}

/** The value of a list that is another than the one it began with, which may be none that it has. */
function pickedIn({ value, options }: HTMLSelectElement): string | undefined {
  const first = [...options].find((option) => option.defaultSelected)?.value ?? '';
  return value === first ? undefined : value;
}
