import { Link } from '@remix-run/react';
import { useEffect, useRef } from 'react';

interface LinkTabsProps {
  /** What the parts are parts of: "Parts of the event". */
  label: string;
  tabs: readonly { key: string; word: string; to: string; count?: number | undefined }[];
  active: string;
}

/** The parts of a page. They are links: each part has an address. */
export function LinkTabs({ label, tabs, active }: LinkTabsProps) {
  const nav = useRef<HTMLElement>(null);
  // On a narrow screen the row scrolls; the page itself must not.
  useEffect(() => {
    const link = nav.current?.querySelector<HTMLElement>(`[data-key="${active}"]`);
    if (nav.current && link)
      nav.current.scrollLeft = link.offsetLeft - (nav.current.clientWidth - link.clientWidth) / 2;
  }, [active]);
  return (
    <nav ref={nav} className="tabs" aria-label={label}>
      {tabs.map(({ key, word, to, count }) => (
        <Link
          key={key}
          to={to}
          replace
          preventScrollReset
          className="tab"
          data-key={key}
          aria-current={key === active ? 'page' : undefined}
        >
          {word}
          {count === undefined ? null : <span className="tab-count">{count}</span>}
        </Link>
      ))}
    </nav>
  );
}
