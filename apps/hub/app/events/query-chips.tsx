import { Link } from '@remix-run/react';
import { X } from '../components/icons.ts';

/** One term of a query as a chip. */
interface Chip {
  /** The term as it is written. */
  text: string;
  /** Where it stands in the text. */
  at: number;
  negated: boolean;
  /** A class for its colour. */
  look: string;
  /** Address of the list without it. */
  dropTo: string;
}

interface QueryChipsProps {
  chips: readonly Chip[];
  clearTo: string;
  select: (place: { at: number; length: number }) => void;
}

/** The terms of a query one by one: each leads to its place in the text, and can be taken away. */
export function QueryChips({ chips, clearTo, select }: QueryChipsProps) {
  if (chips.length === 0) return null;
  return (
    <ul className="chips" aria-label="Filters">
      {chips.map(({ text, at, negated, look, dropTo }) => (
        <li key={at} className={`chip ${look}`}>
          <button
            type="button"
            className="chip-text"
            title="Change it in the text"
            onClick={() => select({ at, length: text.length })}
          >
            {negated ? <strong>not </strong> : null}
            <Words text={text.slice(Number(negated))} />
          </button>
          <Link to={dropTo} preventScrollReset className="chip-drop" aria-label={`Remove ${text}`}>
            <X size={12} aria-hidden="true" />
          </Link>
        </li>
      ))}
      <li>
        <Link to={clearTo} preventScrollReset className="button-quiet text-muted">
          Clear
        </Link>
      </li>
    </ul>
  );
}

/** A key and its value told apart; a word or a quoted text as it is. */
function Words({ text }: { text: string }) {
  const colon = text.startsWith('"') ? -1 : text.indexOf(':');
  if (colon < 0) return text;
  return (
    <>
      <span className="chip-key">{text.slice(0, colon)}</span> {text.slice(colon + 1)}
    </>
  );
}
