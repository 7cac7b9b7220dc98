import { useParams } from '@remix-run/react';
import { LinkTabs } from '../components/link-tabs.tsx';

/** Sinks, and the types that they are of. */
export function SinkTabs({ active }: { active: 'sinks' | 'types' }) {
  const { tenant = '' } = useParams();
  const tabs = [
    { key: 'sinks', word: 'Sinks', to: `/t/${tenant}/sinks` },
    { key: 'types', word: 'Sink types', to: `/t/${tenant}/sinks/types` },
  ];
  return <LinkTabs label="Sinks and their types" active={active} tabs={tabs} />;
}
