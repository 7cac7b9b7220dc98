import type { OverviewRange, overviewRanges } from '@nexomatic/contracts/overview-api';
import { Link } from '@remix-run/react';
import { rangeHref, rangeNames } from './range-address.ts';

const words: Record<keyof typeof overviewRanges, string> = { '1h': '1 h', '24h': '24 h', '7d': '7 d' };

/** How far back the page looks; the choice stands in the address. */
export function RangeSwitch({ active }: { active: OverviewRange }) {
  return (
    <nav className="segments" aria-label="Time range">
      {rangeNames.map((range) => (
        <Link
          key={range}
          to={rangeHref(range)}
          replace
          preventScrollReset
          aria-current={range === active ? 'page' : undefined}
        >
          {words[range]}
        </Link>
      ))}
    </nav>
  );
}
