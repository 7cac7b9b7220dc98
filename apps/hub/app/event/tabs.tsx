import type { EventDetail } from '@nexomatic/contracts/event-api';
import type { EventState } from '@nexomatic/contracts/event-state';
import { Link } from '@remix-run/react';
import { useEffect, useRef } from 'react';

const tabs = ['log', 'payload', 'parameters', 'result', 'attempts', 'activity'] as const;
export type Tab = (typeof tabs)[number];

export const tabOf = (text: string | null): Tab | null => tabs.find((tab) => tab === text) ?? null;

/** Where somebody wants to look first: at the log while it runs or when it failed, else at what came out. */
export const firstTab = (state: EventState): Tab => (state === 'SUCCESS' || state === 'WARNING' ? 'result' : 'log');

/** The parts of an event. They are links: each part has an address. */
export function Tabs({ active, event }: { active: Tab; event: EventDetail }) {
  const nav = useRef<HTMLElement>(null);
  // On a narrow screen the row scrolls; the page itself must not.
  useEffect(() => {
    const link = nav.current?.querySelector<HTMLElement>(`[href$="?tab=${active}"]`);
    if (nav.current && link)
      nav.current.scrollLeft = link.offsetLeft - (nav.current.clientWidth - link.clientWidth) / 2;
  }, [active]);
  return (
    <nav ref={nav} className="tabs" aria-label="Parts of the event">
      {tabs.map((tab) => (
        <Link
          key={tab}
          to={`?tab=${tab}`}
          replace
          preventScrollReset
          className="tab"
          aria-current={tab === active ? 'page' : undefined}
        >
          {tab.charAt(0).toUpperCase() + tab.slice(1)}
          {tab === 'attempts' && event.attempts.length > 1 ? (
            <span className="tab-count">{event.attempts.length}</span>
          ) : null}
        </Link>
      ))}
    </nav>
  );
}
