import { Link } from '@remix-run/react';
import { ArrowDown, ArrowUp } from '../components/icons.ts';
import type { ListPlace } from '../events/remembered-list.ts';

/** The events before and after this one in the list that it was opened from. */
export function Neighbours({ place: { previous, next } }: { place: ListPlace }) {
  if (previous === null && next === null) return null;
  return (
    <nav className="flex" aria-label="Neighbours in the list">
      <Step to={previous} word="Previous event" hint="k" icon={ArrowUp} />
      <Step to={next} word="Next event" hint="j" icon={ArrowDown} />
    </nav>
  );
}

function Step(props: { to: string | null; word: string; hint: string; icon: typeof ArrowUp }) {
  const { to, word, hint, icon: Icon } = props;
  if (to === null)
    return (
      <span className="icon-button opacity-40" aria-hidden="true">
        <Icon size={16} />
      </span>
    );
  return (
    <Link to={`../${to}`} relative="path" className="icon-button" aria-label={word} title={`${word} (${hint})`}>
      <Icon size={16} aria-hidden="true" />
    </Link>
  );
}
