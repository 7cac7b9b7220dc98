import type { EventDetail } from '@nexomatic/contracts/event-api';
import type { EventState } from '@nexomatic/contracts/event-state';
import { LinkTabs } from '../components/link-tabs.tsx';

const tabs = ['log', 'payload', 'parameters', 'result', 'attempts', 'activity'] as const;
export type Tab = (typeof tabs)[number];

export const tabOf = (text: string | null): Tab | null => tabs.find((tab) => tab === text) ?? null;

/** Where somebody wants to look first: at the log while it runs or when it failed, else at what came out. */
export const firstTab = (state: EventState): Tab => (state === 'SUCCESS' || state === 'WARNING' ? 'result' : 'log');

/** The parts of an event. */
export function Tabs({ active, event }: { active: Tab; event: EventDetail }) {
  const attempts = event.attempts.length;
  const links = tabs.map((tab) => ({
    key: tab,
    word: tab.charAt(0).toUpperCase() + tab.slice(1),
    to: `?tab=${tab}`,
    count: tab === 'attempts' && attempts > 1 ? attempts : undefined,
  }));
  return <LinkTabs label="Parts of the event" tabs={links} active={active} />;
}
