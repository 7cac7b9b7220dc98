import { useParams } from '@remix-run/react';
import { LinkTabs } from '../components/link-tabs.tsx';

/** Schedules, and when they are not to run. */
export function ScheduleTabs({ active }: { active: 'schedules' | 'blackouts' }) {
  const { tenant = '' } = useParams();
  const tabs = [
    { key: 'schedules', word: 'Schedules', to: `/t/${tenant}/schedules` },
    { key: 'blackouts', word: 'Blackout windows', to: `/t/${tenant}/schedules/blackouts` },
  ];
  return <LinkTabs label="Schedules and blackout windows" active={active} tabs={tabs} />;
}
