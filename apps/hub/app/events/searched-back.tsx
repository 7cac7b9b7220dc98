import { Link } from '@remix-run/react';
import { TimeText } from '../time/time-text.tsx';

/** A search that paused because it has read a lot: how far it came, and the way on. */
export function SearchedBack({ to, found, href }: { to: string; found: number; href: string }) {
  return (
    <div className="searched-back">
      <p>
        {found === 0 ? 'Nothing found so far. ' : null}
        Searched back to <TimeText at={to} />.
      </p>
      <Link to={href} className="button">
        Keep searching
      </Link>
    </div>
  );
}
