import { useLocation, useParams } from '@remix-run/react';
import { LinkTabs } from '../../components/link-tabs.tsx';
import { useMay } from '../../frame/use-may.ts';

/** The parts of a schedule's page. */
export function SchedulePartTabs() {
  const { tenant = '', id = '' } = useParams();
  const mayOperate = useMay()('schedules.operate');
  const home = `/t/${tenant}/schedules/${id}`;
  const below = useLocation().pathname.slice(home.length + 1);
  const tabs = [
    { key: '', word: 'Overview', to: home },
    { key: 'runs', word: 'Runs', to: `${home}/runs` },
    ...(mayOperate ? [{ key: 'backfill', word: 'Backfill', to: `${home}/backfill` }] : []),
  ];
  return <LinkTabs label="Parts of the schedule" tabs={tabs} active={below} />;
}
