import { useParams } from '@remix-run/react';
import { LinkTabs } from '../components/link-tabs.tsx';

/** Sources, and the kinds that they are of. */
export function SourceTabs({ active }: { active: 'sources' | 'types' }) {
  const { tenant = '' } = useParams();
  const tabs = [
    { key: 'sources', word: 'Sources', to: `/t/${tenant}/sources` },
    { key: 'types', word: 'Source types', to: `/t/${tenant}/sources/types` },
  ];
  return <LinkTabs label="Sources and their types" active={active} tabs={tabs} />;
}
