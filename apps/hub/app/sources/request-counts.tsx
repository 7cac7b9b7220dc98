import type { RequestCounts } from '@nexomatic/contracts/source-api';
import { Link } from '@remix-run/react';
import { StatTile } from '../components/stat-tile.tsx';

const tiles = [
  { key: 'accepted', word: 'Accepted', note: 'fired events' },
  { key: 'duplicate', word: 'Repeated', note: 'the same delivery again' },
  { key: 'filtered', word: 'Filtered', note: 'no route fires on them' },
  { key: 'refused', word: 'Refused', note: 'not believed, or not taken' },
] as const;

/** What became of the requests of the last 24 hours; each figure leads to them. */
export function RequestCountTiles({ counts }: { counts: RequestCounts }) {
  return (
    <section className="stats request-counts" aria-label="Requests in 24 hours">
      {tiles.map(({ key, word, note }) => (
        <StatTile
          key={key}
          label={`${word} in 24 h`}
          value={
            <span className={key === 'refused' && counts.refused > 0 ? 'text-error' : undefined}>
              {counts[key].toLocaleString('en')}
            </span>
          }
          note={
            counts[key] === 0 ? (
              note
            ) : (
              <Link to={`requests?outcome=${key}`} className="link">
                {note}
              </Link>
            )
          }
        />
      ))}
    </section>
  );
}
